"""Every word the workbench says to a person, in English and Korean, by key. `say` fills in the values.

What a model reads is not here but in prompts/.
"""

from workbench.nouns import Lang, Remark

WORDS: dict[str, tuple[str, str]] = {
    # errors: what, why, what to do
    "error.read_format": (
        "{name}: files of type {suffix} are not read; use {known}.",
        "{name}: {suffix} 형식은 읽지 않습니다. {known} 가운데 하나로 바꿔 주세요.",
    ),
    "error.read_empty": (
        "{name}: the file is empty; check that it was saved and add it again.",
        "{name}: 빈 파일입니다. 저장이 되었는지 확인하고 다시 넣어 주세요.",
    ),
    "error.read_large": (
        "{name}: {size} MB is more than the {most} MB a file may have; split it.",
        "{name}: {size} MB로, 파일 하나의 한도 {most} MB를 넘습니다. 나누어 주세요.",
    ),
    "error.read_long": (
        "{name}: {size} million characters of text are more than the {most} million a file may have; split it.",
        "{name}: 글자가 {size}백만 자로, 파일 하나의 한도 {most}백만 자를 넘습니다. 나누어 주세요.",
    ),
    "error.read_other": (
        "{name}: the name says {suffix}, the content is {really}; give it its right ending or save it as {suffix}.",
        "{name}: 이름은 {suffix}인데 내용은 {really}입니다. 확장자를 바로잡거나 {suffix}로 저장해 주세요.",
    ),
    "error.read_saved_as": (
        "{name}: files of type {suffix} are not read; open it in its program and save it as {better}.",
        "{name}: {suffix} 형식은 읽지 않습니다. 만든 프로그램에서 열어 {better}로 저장해 주세요.",
    ),
    "error.read_no_text": (
        "{name}: there is no text in it; add a file with words.",
        "{name}: 글이 들어 있지 않습니다. 글이 있는 파일을 넣어 주세요.",
    ),
    "error.read_no_rows": (
        "{name}: a table needs a row of column names and at least one row of values.",
        "{name}: 표에는 열 이름 한 줄과 값이 든 줄이 하나 이상 있어야 합니다.",
    ),
    "error.read_columns": (
        "{name}: {count} columns are more than the {most} a table may have; take out those that nobody asks about.",
        "{name}: 열이 {count}개로, 표 하나의 한도 {most}개를 넘습니다. 필요 없는 열을 빼 주세요.",
    ),
    "error.read_encoding": (
        "{name}: the characters cannot be decoded (tried {tried}); save the file as UTF-8.",
        "{name}: 글자를 해독할 수 없습니다({tried} 시도). UTF-8로 저장해 주세요.",
    ),
    "error.read_password": (
        "{name}: the file asks for a password; save a copy without one.",
        "{name}: 암호가 걸린 파일입니다. 암호 없이 저장한 사본을 넣어 주세요.",
    ),
    "error.read_distributed": (
        "{name}: a copy made for distribution, whose text only Hangul shows; ask for the original or save it as .pdf.",
        "{name}: 배포용 문서라 한글에서만 글을 볼 수 있습니다. 원본을 받거나 .pdf로 저장해 주세요.",
    ),
    "error.read_expands": (
        "{name}: unpacked it is more than the {most} MB a file may have; split it or take out large pictures.",
        "{name}: 압축을 풀면 파일 하나의 한도 {most} MB를 넘습니다. 나누거나 큰 그림을 빼 주세요.",
    ),
    "error.read_no_files": (
        "{name}: there is no file in the archive; check that it was packed and add it again.",
        "{name}: 압축 파일에 든 파일이 없습니다. 제대로 압축되었는지 확인하고 다시 넣어 주세요.",
    ),
    "error.read_many": (
        "{name}: the archive holds more than {most} files; unpack it and add a folder at a time.",
        "{name}: 압축 파일에 든 파일이 {most}개를 넘습니다. 풀어서 폴더별로 넣어 주세요.",
    ),
    "error.read_over": (
        "{name}: beyond what is read of attachments with one file; save it and add it on its own.",
        "{name}: 파일 하나에 딸려 읽는 첨부의 한도를 넘습니다. 따로 저장하여 넣어 주세요.",
    ),
    "error.read_no_values": (
        "{name}: all its cells are formulas without a stored result; open it in Excel, save it and add it again.",
        "{name}: 모든 칸이 계산 결과가 저장되지 않은 수식입니다. 엑셀에서 열어 저장한 뒤 다시 넣어 주세요.",
    ),
    "error.read_scan": (
        "{name}: {pages} pages and no text, so it is probably a scan; run text recognition (OCR) on it first.",
        "{name}: {pages}쪽에 글이 없어 스캔한 문서로 보입니다. 먼저 글자 인식(OCR)을 해 주세요.",
    ),
    "error.read_damaged": (
        "{name}: the file is damaged ({why}); save or export it again.",
        "{name}: 파일이 손상되었습니다({why}). 다시 저장하거나 내보내 주세요.",
    ),
    "error.read_not_mail": (
        "{name}: this is no mail message, it has no headers; export it from the mail program as .eml.",
        "{name}: 머리글이 없어 메일이 아닙니다. 메일 프로그램에서 .eml로 내보내 주세요.",
    ),
    "error.read_not_mailbox": (
        "{name}: there is no mail message in it that can be read; export the mailbox again as .mbox.",
        "{name}: 읽을 수 있는 메일이 들어 있지 않습니다. 편지함을 다시 .mbox로 내보내 주세요.",
    ),
    "error.read_no_file": (
        "{name}: there is no such file or folder; check the path.",
        "{name}: 그런 파일이나 폴더가 없습니다. 경로를 확인해 주세요.",
    ),
    "error.read_denied": (
        "{name}: the file cannot be opened ({why}); check its permissions.",
        "{name}: 파일을 열 수 없습니다({why}). 권한을 확인해 주세요.",
    ),
    "error.read_bug": (
        "{name}: reading it failed unexpectedly ({why}); the other files are not affected, please report this.",
        "{name}: 읽는 중에 예상하지 못한 오류가 났습니다({why}). 다른 파일은 괜찮습니다. 이 오류를 알려 주세요.",
    ),
    "error.read_slow": (
        "{name}: reading it took more than {seconds} seconds and was ended; save it anew in its own program, or in parts.",
        "{name}: 읽는 데 {seconds}초가 넘게 걸려 멈췄습니다. 원래 프로그램에서 다시 저장하거나 나누어 넣어 주세요.",
    ),
    "error.read_memory": (
        "{name}: reading it takes more than {most} MB of memory; save it anew in its own program, or in parts.",
        "{name}: 읽는 데 메모리가 {most} MB 넘게 필요합니다. 원래 프로그램에서 다시 저장하거나 나누어 넣어 주세요.",
    ),
    "error.read_ended": (
        "{name}: it brought its reader down (exit code {exit}); the file is damaged, save it anew in its own program.",
        "{name}: 이 파일을 읽던 프로그램이 멈췄습니다(종료 코드 {exit}). 파일이 손상되었으니 원래 프로그램에서 다시 저장해 주세요.",
    ),
    "error.no_original": (
        "Its bytes were not kept, so it cannot be read again; add the file once more.",
        "원본이 보관되어 있지 않아 다시 읽을 수 없습니다. 파일을 다시 넣어 주세요.",
    ),
    "error.home_newer": (
        "The data folder was made by a newer workbench (format {version}, this one knows {known}); start that one, or use another "
        "folder with --home.",
        "이 데이터 폴더는 더 새로운 워크벤치로 만들었습니다(형식 {version}, 이 버전은 {known}). 새 버전을 실행하거나 --home으로 다른 폴더를 고르세요.",
    ),
    "error.nothing_read": (
        "Nothing went in: none of the {count} files could be read; each says why.",
        "들어간 것이 없습니다. 파일 {count}개를 모두 읽지 못했으며, 까닭은 파일마다 적혀 있습니다.",
    ),
    "error.embedder_changed": (
        "The vectors of {corpus} were made by {held}, not by {now}; make them anew with “corpora embed {corpus}”.",
        "{corpus} 모음의 벡터는 {now}이(가) 아니라 {held}(으)로 만들었습니다. “corpora embed {corpus}” 명령으로 다시 만들어 주세요.",
    ),
    "error.text_empty": ("There is no text; paste some and try again.", "글이 없습니다. 붙여 넣고 다시 시도해 주세요."),
    "error.port_in_use": (
        "Port {port} on 127.0.0.1 cannot be used ({why}); choose another with --port.",
        "127.0.0.1의 {port} 포트를 쓸 수 없습니다({why}). --port로 다른 포트를 고르세요.",
    ),
    "error.read_nothing": (
        "{name}: the folder holds no file of a type that is read ({known}).",
        "{name}: 폴더에 읽을 수 있는 형식({known})의 파일이 없습니다.",
    ),
    "error.corpus_unknown": (
        "There is no corpus called “{name}”; there is {known}.",
        "“{name}”이라는 문서 모음이 없습니다. 있는 모음: {known}.",
    ),
    "error.corpus_name": (
        "“{name}” cannot name a corpus; use 1 to 64 letters, digits, spaces, hyphens or underscores.",
        "“{name}”은 문서 모음의 이름이 될 수 없습니다. 글자, 숫자, 빈칸, -, _ 로 1~64자를 쓰세요.",
    ),
    "error.file_unknown": (
        "There is no file called “{name}” in {corpus}; reload the list.",
        "{corpus}에 “{name}” 파일이 없습니다. 목록을 새로 고쳐 주세요.",
    ),
    "error.question_empty": (
        "The question is empty or has no words; type one.",
        "질문이 비어 있거나 낱말이 없습니다. 질문을 적어 주세요.",
    ),
    "error.number": (
        "{name} is {value}; it must be between {least} and {most}.",
        "{name} 값이 {value}입니다. {least}에서 {most} 사이여야 합니다.",
    ),
    "error.lane_unknown": (
        "There is no lane “{name}”; use {known}.",
        "“{name}” 방식은 없습니다. {known} 가운데 고르세요.",
    ),
    "error.day": (
        "“{value}” is not a day; write it like 2026-03-31.",
        "“{value}” 날짜를 읽을 수 없습니다. 2026-03-31처럼 적어 주세요.",
    ),
    "error.days_order": (
        "The first day, {since}, lies behind the last, {until}; exchange them.",
        "시작일 {since}, 종료일 {until}: 시작일이 더 늦습니다. 서로 바꿔 주세요.",
    ),
    "error.queries_malformed": (
        "{name}, line {line}: not a JSON object with a “query” or “question”; see README, “The command line”.",
        "{name} {line}번째 줄: “query”나 “question”이 있는 JSON 객체가 아닙니다. README를 보세요.",
    ),
    "error.window_small": (
        "The window of {window} tokens is too small: instructions and question take {prompt}, the reply {reply}; "
        "choose at least {needed}, a shorter reply or a shorter question.",
        "컨텍스트 창 {window}토큰이 너무 작습니다. 지시문과 질문이 {prompt}, 답변 몫이 {reply}토큰입니다. "
        "창을 {needed} 이상으로 하거나 답변이나 질문을 줄이세요.",
    ),
    "error.window_no_passage": (
        "The window of {window} tokens leaves {room} for passages, and not one sentence of the best passage fits; "
        "choose at least {needed} or a shorter reply.",
        "컨텍스트 창 {window}토큰에서 문서에 남는 몫이 {room}토큰뿐이라 가장 알맞은 문단의 한 문장도 들어가지 않습니다. "
        "창을 {needed} 이상으로 하거나 답변을 줄이세요.",
    ),
    "error.window_too_long": (
        "{model} reads at most {most} tokens; choose a window of {most} or less instead of {window}.",
        "{model} 모델은 {most}토큰까지만 읽습니다. {window} 대신 {most} 이하의 창을 고르세요.",
    ),
    "error.window_no_memory": (
        "There is no room in memory for a window of {window} tokens ({why}); choose a smaller one.",
        "{window}토큰 창을 만들 메모리가 없습니다({why}). 더 작은 창을 고르세요.",
    ),
    "error.home_in_use": (
        "Another workbench (process {pid}) is writing to {home}; use its Documents tab, or stop it first.",
        "다른 워크벤치(프로세스 {pid})가 {home}에 쓰고 있습니다. 그쪽의 문서 탭을 쓰거나 먼저 종료하세요.",
    ),
    "error.home_unwritable": (
        "The data folder {home} cannot be used ({why}); choose another with --home.",
        "자료 폴더 {home}을(를) 쓸 수 없습니다({why}). --home으로 다른 폴더를 고르세요.",
    ),
    "error.disk_full": (
        "The disk of the data folder {home} is full; free some space and go on. What was in before is still there.",
        "자료 폴더 {home}이(가) 있는 디스크가 가득 찼습니다. 공간을 비운 뒤 계속하세요. 이전에 넣은 것은 그대로 있습니다.",
    ),
    "error.store_busy": (
        "{path} is held by another program; close that program and try again.",
        "다른 프로그램이 {path} 파일을 잡고 있습니다. 그 프로그램을 닫고 다시 해 보세요.",
    ),
    "error.home_damaged": (
        "{path} is damaged ({why}); move it away or restore a copy of it. Nothing was changed.",
        "{path} 파일이 손상되었습니다({why}). 옮겨 두거나 사본을 되돌려 주세요. 바뀐 것은 없습니다.",
    ),
    "error.model_no_file": (
        "There is no file {path}; check the path of the GGUF.",
        "{path} 파일이 없습니다. GGUF 경로를 확인해 주세요.",
    ),
    "error.model_not_gguf": (
        "{path} is not a GGUF file (it does not begin with GGUF); choose a .gguf model.",
        "{path}은(는) GGUF 파일이 아닙니다(GGUF로 시작하지 않음). .gguf 모델을 고르세요.",
    ),
    "error.model_refused": (
        "{path} cannot be used: llama.cpp says “{why}”; download it again or choose another.",
        "{path}을(를) 쓸 수 없습니다. llama.cpp의 말: “{why}”. 다시 내려받거나 다른 모델을 고르세요.",
    ),
    "error.model_unknown": (
        "There is no model called “{name}”; give the path of a .gguf file or one of: {known}.",
        "“{name}”이라는 모델이 없습니다. .gguf 파일의 경로나 다음 이름을 쓰세요: {known}.",
    ),
    "error.model_stopped": (
        "The model stopped unexpectedly ({how}); ask again, it is started anew with the next question.",
        "모델이 갑자기 멈췄습니다({how}). 다시 물어 주세요. 다음 질문에서 새로 시작됩니다.",
    ),
    "error.model_missing": (
        "llama.cpp does not start ({why}), so there are passages and best sentences but no written answers; "
        "install a C compiler and run “pip install llama-cpp-python”, then start again.",
        "llama.cpp를 시작할 수 없어({why}) 문단과 핵심 문장만 보여 드리고 답변은 만들지 못합니다. "
        "C 컴파일러를 설치하고 “pip install llama-cpp-python”을 실행한 뒤 다시 시작하세요.",
    ),
    "error.history_unknown": (
        "There is no kept question with the number {id}; look at the list again.",
        "{id}번으로 보관된 질문이 없습니다. 목록을 다시 확인해 주세요.",
    ),
    "error.history_no_number": (
        "Say which entry to {act} by its number, as “history list” shows it.",
        "{act} 명령에는 “history list”에 나오는 번호가 필요합니다.",
    ),
    "error.history_no_file": (
        "Say where the page goes with --out FILE.",
        "쪽을 저장할 파일을 --out FILE로 적어 주세요.",
    ),
    "error.report_unwritable": (
        "The page cannot be written to {path} ({why}); choose another place.",
        "{path}에 쪽을 저장할 수 없습니다({why}). 다른 곳을 고르세요.",
    ),
    "error.archive_no_file": ("Say where the archive goes with --out FILE.", "보관 파일을 저장할 곳을 --out FILE로 적어 주세요."),
    "error.check_damaged": (
        "Damaged in the store: {count}; “corpora check --repair” makes again what can be.",
        "저장소에 손상된 곳이 {count}군데 있습니다. “corpora check --repair”로 되살릴 수 있는 것을 되살리세요.",
    ),
    "error.archive_other": (
        "{name} is no archive of a corpus; choose a .zip that “corpora export” wrote.",
        "{name}은(는) 문서 모음의 보관 파일이 아닙니다. “corpora export”로 만든 .zip을 고르세요.",
    ),
    "error.archive_newer": (
        "{name} has format {format}, and this version reads up to {most}; update the workbench.",
        "{name}의 형식은 {format}인데 이 버전은 {most}까지 읽습니다. 워크벤치를 새 버전으로 바꾸세요.",
    ),
    "error.archive_damaged": (
        "{name} is damaged ({why}); export the corpus again or fetch another copy.",
        "{name} 파일이 손상되었습니다({why}). 다시 내보내거나 다른 사본을 받으세요.",
    ),
    "error.archive_room": (
        "{name} holds {size} MB and the disk has {free} MB left; make room or choose another place with --home.",
        "{name}에는 {size} MB가 들어 있는데 디스크에는 {free} MB만 남았습니다. 자리를 비우거나 --home으로 다른 곳을 고르세요.",
    ),
    "error.archive_unwritable": (
        "The archive cannot be written to {path} ({why}); choose another place.",
        "{path}에 보관 파일을 저장할 수 없습니다({why}). 다른 곳을 고르세요.",
    ),
    "error.corpus_exists": (
        "There is a corpus called “{name}” with other files already; import it under another name with --corpus.",
        "“{name}” 문서 모음이 이미 있고 다른 파일이 들어 있습니다. --corpus로 다른 이름을 주어 가져오세요.",
    ),
    # remarks on files
    "remark.duplicate": ("Same content as {of}; stored once.", "{of}와(과) 내용이 같아 한 번만 저장했습니다."),
    "remark.pages_unread": (
        "Page {pages} could not be read ({why}); the others are in.",
        "{pages}쪽을 읽지 못했습니다({why}). 나머지는 들어갔습니다.",
    ),
    "remark.pages_cut": (
        "Only the first {read} of {of} pages are in; split it for the others.",
        "{of}쪽 가운데 앞의 {read}쪽만 들어갔습니다. 나머지는 나누어 넣어 주세요.",
    ),
    "remark.files_inside": (
        "Files inside it are not read: {names}; save them and add them by themselves.",
        "안에 든 파일은 읽지 않았습니다: {names}. 따로 저장해 넣어 주세요.",
    ),
    "remark.scripts_inside": ("The scripts in it are ignored.", "안에 든 스크립트는 무시했습니다."),
    "remark.comments_unread": (
        "{count} comments are left out; put what matters into the text.",
        "메모 {count}개는 넣지 않았습니다. 필요한 내용은 본문에 적어 주세요.",
    ),
    "remark.columns_repeated": (
        "Several columns have one name and are numbered: {names}.",
        "이름이 같은 열에 번호를 붙였습니다: {names}.",
    ),
    "remark.rows_ragged": (
        "{count} rows have more or fewer cells than the {columns} names of columns (rows {rows}); all they hold is in.",
        "열 이름은 {columns}개인데 칸 수가 다른 줄이 {count}개 있습니다({rows}번째 줄). 내용은 모두 들어갔습니다.",
    ),
    "remark.quote_open": (
        "Quotation marks are not closed or stand in the wrong place (row {rows}); there they are read as letters, so check it.",
        "따옴표가 닫히지 않았거나 자리가 잘못되었습니다({rows}번째 줄). 그 줄에서는 글자로 읽었으니 확인해 주세요.",
    ),
    "remark.attachments_unread": (
        "Attached files of types that are not read: {count} ({names}).",
        "읽지 않는 형식의 첨부 파일 {count}개({names}).",
    ),
    "remark.attachments_over": (
        "Attached files beyond what is read with one file (5 levels deep, 1,000 files, 100 MB): {count} ({names}). "
        "Save them and add them on their own.",
        "파일 하나에 딸려 읽는 한도(5단계, 1,000개, 100 MB)를 넘은 첨부 파일 {count}개({names}). 따로 저장하여 넣어 주세요.",
    ),
    "remark.dates_unread": (
        "Messages whose date cannot be read: {count} ({names}); filters by date pass them over.",
        "날짜를 읽을 수 없는 메일 {count}통({names}). 날짜로 고르면 빠집니다.",
    ),
    "remark.encodings_unknown": (
        "Texts in an encoding that does not exist: {count} ({names}); decoded by the evidence, check them.",
        "알 수 없는 인코딩으로 표시된 글 {count}개({names}). 내용으로 미루어 읽었으니 확인해 주세요.",
    ),
    "remark.contents_garbled": (
        "Parts of messages that are damaged: {count} ({names}); what could be decoded is in.",
        "메일에서 손상된 부분 {count}곳({names}). 해독할 수 있는 것만 들어갔습니다.",
    ),
    "remark.messages_cut": (
        "Messages that break off before their end: {count} ({names}).",
        "끝이 잘린 메일 {count}통({names}).",
    ),
    "remark.more_like_it": ("{count} more for the same reason.", "같은 까닭으로 {count}개 더 있습니다."),
    "remark.stopped": ("Stopped; it goes on with Retry.", "멈췄습니다. 다시 시도를 누르면 이어집니다."),
    "remark.messages_unread": (
        "{count} of {of} messages could not be read; the others are in.",
        "메일 {of}통 가운데 {count}통을 읽지 못했습니다. 나머지는 들어갔습니다.",
    ),
    "remark.formulas_unread": (
        "{count} formulas have no stored result and are left out; open it in Excel, save it and add it again.",
        "계산 결과가 저장되지 않은 수식 {count}개를 뺐습니다. 엑셀에서 열어 저장한 뒤 다시 넣어 주세요.",
    ),
    "remark.repeated": (
        "{count} parts repeat the text of another; stored once.",
        "다른 부분과 내용이 같은 {count}개는 한 번만 저장했습니다.",
    ),
    "remark.partly_duplicate": (
        "{count} of {of} documents in it are already there in other files ({names}); stored once.",
        "문서 {of}개 가운데 {count}개는 이미 다른 파일({names})에 있어 한 번만 저장했습니다.",
    ),
    "remark.start_failed": (
        "The start did not finish ({why}); start again, and report this if it happens twice.",
        "시작을 마치지 못했습니다({why}). 다시 시작하고, 되풀이되면 알려 주세요.",
    ),
    "remark.kept_old": ("The version stored before stays.", "이전에 저장된 파일은 그대로 있습니다."),
    "remark.hidden_text": (
        "{count} characters that the page hides from its readers are left out.",
        "읽는 사람에게 보이지 않게 숨긴 글자 {count}자를 뺐습니다.",
    ),
    "remark.mixed_encodings": (
        "UTF-8 and CP949 stand in one file; read line by line, {count} of {of} lines as CP949.",
        "UTF-8과 CP949가 한 파일에 섞여 있습니다. 한 줄씩 읽어 {of}줄 가운데 {count}줄을 CP949로 읽었습니다.",
    ),
    # what a check of the store finds
    "remark.check_database": (
        "The database itself is damaged ({why}); move it away and restore a copy of it.",
        "데이터베이스 자체가 손상되었습니다({why}). 옮겨 두고 사본을 되돌려 주세요.",
    ),
    "remark.check_orphans": (
        "Rows of “{table}” that belong to nothing: {count}.",
        "“{table}”에 어디에도 속하지 않는 줄이 {count}개 있습니다.",
    ),
    "remark.check_unused_originals": (
        "Originals that no file has any more: {count}.", "어느 파일의 것도 아닌 원본이 {count}개 있습니다."),
    "remark.check_deleting": (
        "Deleted files that are not yet removed: {count}.", "삭제했지만 아직 지워지지 않은 파일이 {count}개 있습니다."),
    "remark.check_original": (
        "{name}: the kept original is damaged; its text still stands. Delete the file and add it again.",
        "{name}: 보관된 원본이 손상되었습니다. 글은 남아 있습니다. 파일을 지우고 다시 넣어 주세요.",
    ),
    "remark.check_no_original": (
        "{name}: its original was not kept, as in earlier versions; its text stands.",
        "{name}: 이전 버전에서 넣어 원본이 없습니다. 글은 있습니다.",
    ),
    "remark.check_text": (
        "{name}: its text or chunks are not what was read; they are read again from the original, or else add the file again.",
        "{name}: 저장된 글이나 조각이 처음 읽은 것과 다릅니다. 원본에서 다시 읽거나, 원본이 없으면 다시 넣어 주세요.",
    ),
    "remark.check_nothing": (
        "{name}: said to be in, but there is nothing of it; it is read again from the original, or else add it again.",
        "{name}: 들어 있다고 되어 있으나 내용이 없습니다. 원본에서 다시 읽거나, 원본이 없으면 다시 넣어 주세요.",
    ),
    "remark.check_link": (
        "{name}: a duplicate of a document that is not there.", "{name}: 가리키는 같은 문서가 없습니다."),
    "remark.check_vectors": (
        "{name}: chunks without a good vector: {count}.", "{name}: 벡터가 없거나 잘못된 조각이 {count}개 있습니다."),
    "remark.check_unfinished": ("{name}: not yet taken in.", "{name}: 아직 다 들어가지 않았습니다."),
    "remark.check_changes": (
        "{corpus}: the log of changes is ahead of the corpus.", "{corpus}: 변경 기록이 문서 모음보다 앞서 있습니다."),
    "remark.check_chroma": (
        "{corpus}: Chroma does not hold what is found; it is filled again at the next start.",
        "{corpus}: Chroma의 내용이 다릅니다. 다음에 시작할 때 다시 채웁니다.",
    ),
    # the page
    "app.title": ("RAG workbench", "RAG 작업대"),
    "app.tagline": (
        "The same question, answered with and without your documents, by a small model on this computer.",
        "같은 질문에 문서 없이, 그리고 문서와 함께 답합니다. 이 컴퓨터의 작은 모델로, 인터넷 없이.",
    ),
    "start.files": ("Loading the sample companies: {done} of {total} files ({name})",
                    "견본 회사 문서를 넣는 중: {total}개 가운데 {done}개 ({name})"),
    "start.embedder": ("Loading the embedding model …", "임베딩 모델을 불러오는 중 …"),
    "start.model": ("Preparing the language model …", "언어 모델을 준비하는 중 …"),
    "tab.ask": ("Ask", "질문"),
    "tab.documents": ("Documents", "문서"),
    "ask.corpus": ("Documents to ask", "질문할 문서 모음"),
    "ask.question": ("Question", "질문"),
    "ask.placeholder": ("Ask about the documents …", "문서에 대해 물어보세요 …"),
    "ask.ask": ("Ask", "묻기"),
    "ask.stop": ("Stop", "중지"),
    "ask.samples": ("Try one of these", "이런 질문은 어떨까요"),
    "ask.no_samples": (
        "No sample questions for this corpus: type your own above.",
        "이 모음에는 견본 질문이 없습니다. 위에 직접 적어 보세요.",
    ),
    "ask.expected": ("Expected answer", "정답 보기"),
    "ask.expected_none": ("The documents do not say.", "문서에 나와 있지 않습니다."),
    "ask.waiting": ("Waiting until the documents are ready …", "문서가 준비되기를 기다리는 중 …"),
    "ask.waiting_model": ("Passages found; the model is being prepared …", "문단을 찾았습니다. 모델을 준비하는 중 …"),
    "ask.empty": (
        "Ask a question, or click one of the samples: two answers appear here, side by side.",
        "질문을 하거나 견본 질문을 눌러 보세요. 두 가지 답이 여기에 나란히 나타납니다.",
    ),
    "ask.read_as": ("Read as:", "이렇게 읽었습니다:"),
    "ask.turns": ("The conversation so far", "지금까지의 대화"),
    "ask.new": ("New conversation", "새 대화"),
    "ask.later": ("A question that leans on the one before (“And after five years?”) is read together with it.",
                  "앞 질문에 기대는 질문(“그럼 5년 뒤에는요?”)은 앞 질문과 함께 읽습니다."),
    "time.left": ("about {seconds} s left", "약 {seconds}초 남음"),
    "model.speed": ("reads {reading}, writes {writing} tokens/s", "1초에 {reading}토큰 읽고 {writing}토큰 씀"),
    "model.measured": (
        "{model} reads {reading} and writes {writing} tokens a second on this computer.",
        "이 컴퓨터에서 {model} 모델은 1초에 {reading}토큰을 읽고 {writing}토큰을 씁니다.",
    ),
    "model.order": (
        "Order of passages: {order} (mean log-probability of {questions} known answers: best last {last}, best first {first}).",
        "문단 순서: {order} (정답 {questions}개의 평균 로그 확률: 가장 좋은 것을 끝에 {last}, 앞에 {first}).",
    ),
    "model.trial": ("Try this model: {done} of {total}", "모델을 재는 중: {total} 가운데 {done}"),
    "model.choose": (
        "Choose a model or give the path of a GGUF; files in {folder} appear here by name.",
        "모델을 고르거나 GGUF 경로를 적으세요. {folder} 폴더에 둔 파일은 여기에 이름으로 나옵니다.",
    ),
    "order.best-last": ("best passage next to the question", "가장 좋은 문단을 질문 옆에"),
    "order.best-first": ("best passage first", "가장 좋은 문단을 맨 앞에"),
    "survey.title": ("All of the documents, read through", "문서 전체를 살펴본 결과"),
    "survey.total": (
        "{records} found: {matches} places in {matched} documents; {read} passages of {documents} documents read.",
        "모두 {records}건: 문서 {matched}개에서 {matches}곳. 문서 {documents}개의 문단 {read}개를 모두 살폈습니다.",
    ),
    "survey.terms": ("Looked for:", "찾은 말:"),
    "claim.numbers": ("Stands in no passage it read: {what}.", "읽은 문단 어디에도 없는 숫자: {what}."),
    "claim.names": ("Name that stands in no passage it read: {what}.", "읽은 문단 어디에도 없는 이름: {what}."),
    "claim.copy": ("Only {what} % of these words stand together in a passage: check before use.",
                   "이 문장은 {what}%만 문단과 겹칩니다. 쓰기 전에 확인하세요."),
    "settings.title": ("Settings", "설정"),
    "settings.model": ("Model", "모델"),
    "settings.second": ("Second model, beside it", "나란히 볼 두 번째 모델"),
    "settings.none": ("none", "없음"),
    "settings.try": ("Measure this model here", "이 컴퓨터에서 모델 재기"),
    "settings.filter": ("Only some documents", "일부 문서만"),
    "settings.files": ("Files", "파일"),
    "settings.kinds": ("Types", "종류"),
    "settings.since": ("From (YYYY-MM-DD)", "시작 날짜 (YYYY-MM-DD)"),
    "settings.until": ("To (YYYY-MM-DD)", "끝 날짜 (YYYY-MM-DD)"),
    "settings.window": ("Context window (tokens)", "컨텍스트 창 (토큰)"),
    "settings.reply": ("Reserved for the reply (tokens)", "답변 몫 (토큰)"),
    "settings.top_k": ("Passages (0 = by the window)", "문단 수 (0 = 창에 맞게)"),
    "settings.form": ("Form of the prompt", "프롬프트 형식"),
    "settings.auto": ("automatic", "자동"),
    "settings.completion": ("worked examples", "예시 이어쓰기"),
    "settings.chat": ("chat template", "채팅 템플릿"),
    "settings.temperature": ("Temperature (0 = always the same)", "온도 (0 = 늘 같은 답)"),
    "best.title": ("Best sentence in the documents", "문서에서 가장 알맞은 문장"),
    "best.by": ("found without a model", "모델 없이 찾음"),
    "best.none": ("The corpus holds no text to search.", "이 모음에는 찾아볼 글이 없습니다."),
    "best.weak": (
        "Weak match: the documents probably do not answer this.",
        "관련이 약합니다. 문서에 답이 없을 가능성이 큽니다.",
    ),
    "lane.closed": ("Model alone", "모델만"),
    "lane.rag": ("Model + documents", "모델 + 문서"),
    "lane.reading": ("reading …", "읽는 중 …"),
    "lane.ahead": ("{count} ahead of you", "앞에 {count}명이 있습니다"),
    "lane.facts": (
        "{prompt} tokens read · {reply} written · first token {first} s · total {seconds} s",
        "{prompt}토큰 읽음 · {reply}토큰 씀 · 첫 토큰 {first}초 · 전체 {seconds}초",
    ),
    "lane.passages": ("Passages it read", "읽은 문단"),
    "lane.used": ("the answer's words stand here", "답의 낱말이 여기에 있음"),
    "lane.excerpt": ("excerpt", "발췌"),
    "page": ("p. {page}", "{page}쪽"),
    "flag.language": (
        "{model} reads no {language}: its tokenizer spells it letter by letter. Trust the best sentence above.",
        "{model} 모델은 {language}를 읽지 못합니다(토크나이저가 글자를 쪼갬). 위의 가장 알맞은 문장을 보세요.",
    ),
    "flag.low_probability": ("The model is unsure of its own words.", "모델 스스로도 확신이 낮은 답입니다."),
    "flag.truncated": ("Cut off at the tokens reserved for the reply.", "답변 몫의 토큰에서 잘렸습니다."),
    "flag.stopped": ("Stopped.", "중지했습니다."),
    "flag.empty": ("The model wrote nothing.", "모델이 아무것도 쓰지 않았습니다."),
    "flag.no_passages": ("There are no passages to read.", "읽을 문단이 없습니다."),
    "language.ko": ("Korean", "한국어"),
    "language.en": ("English", "영어"),
    # whether the passages hold an answer, and what of a reply stands in them
    "why.missing": ("Stands in no passage: {missing}.", "어느 문단에도 없는 말: {missing}."),
    "why.opposed": (
        "The question asks the opposite of what the best sentences say.",
        "질문이 가장 알맞은 문장과 반대되는 것을 묻습니다.",
    ),
    "why.typeless": (
        "A number or time is asked for, and the best sentences have none.",
        "숫자나 때를 묻는데 가장 알맞은 문장에는 없습니다.",
    ),
    "why.few": ("Few of the question's words stand in a passage.", "질문의 낱말이 문단에 거의 없습니다."),
    "why.far": ("No passage is close in meaning to the question.", "질문과 뜻이 가까운 문단이 없습니다."),
    # where an answer with a known gold went wrong
    "stage.not_in_documents": ("Known answer: it does not stand in the documents.", "정답과 비교: 문서에 없는 내용입니다."),
    "stage.not_retrieved": (
        "Lost in retrieval: the answer stands in the documents, but not in a passage that was found.",
        "검색에서 놓침: 답이 문서에 있지만 찾은 문단에는 없습니다.",
    ),
    "stage.cut": (
        "Lost in the window: its passage was found and found no room.",
        "창에서 잘림: 답이 있는 문단을 찾았지만 창에 들어가지 못했습니다.",
    ),
    "stage.not_used": (
        "Lost in the model: it does not give the known answer, though nothing kept it from it.",
        "모델이 놓침: 읽을 것을 다 읽고도 정답을 말하지 않았습니다.",
    ),
    "stage.contradicted": ("Contradicts the known answer.", "정답과 다른 답을 했습니다."),
    "stage.answered": ("Matches the known answer.", "정답과 같습니다."),
    "stage.extract": (
        "Another sentence was taken than the one with the known answer.", "정답이 있는 문장이 아니라 다른 문장을 골랐습니다."),
    "stage.closed": ("Does not give the known answer.", "정답을 말하지 못했습니다."),
    "bar.title": ("Context window of “Model + documents”", "‘모델 + 문서’의 컨텍스트 창"),
    "bar.of": ("{prompt} + {reserve} of {window} tokens", "{window}토큰 가운데 {prompt} + {reserve}"),
    "bar.instructions": ("instructions", "지시문"),
    "bar.history": ("conversation", "대화"),
    "bar.question": ("question", "질문"),
    "bar.passages": ("passages", "문단"),
    "bar.reserve": ("reserved for the reply", "답변 몫"),
    "bar.free": ("free", "남음"),
    "left.title": ("Left out", "빠진 것"),
    "left.none": ("Nothing was left out.", "빠진 것이 없습니다."),
    "left.budget": ("no room: {tokens} tokens, {free} free", "자리가 없음: {tokens}토큰, 남은 자리 {free}"),
    "left.enough": ("this model makes no good use of more passages; {tokens} tokens", "이 모델은 문단이 더 많아도 잘 쓰지 못함. {tokens}토큰"),
    "left.excerpt": ("only its best sentences fit; {tokens} tokens left out", "가장 알맞은 문장만 들어감. {tokens}토큰 빠짐"),
    "sent.title": ("What the model was sent", "모델에 보낸 글"),
    "source.title": ("In the document", "문서에서 보기"),
    "source.gone": ("This document is no longer in the corpus.", "이 문서는 더 이상 모음에 없습니다."),
    "documents.corpus": ("Corpus (type a new name to make one)", "문서 모음 (새 이름을 적으면 만들어집니다)"),
    "documents.files": ("Add files: {known}", "파일 넣기: {known}"),
    "documents.folder": ("Add a folder", "폴더 넣기"),
    "documents.by_row": ("A document for every row of a table", "표의 줄마다 문서 하나로"),
    "documents.stop": ("Stop", "중지"),
    "documents.stopping": (
        "Stopping after this step; what was received is kept …", "이 단계를 마치고 멈춥니다. 받은 파일은 그대로 있습니다 …"),
    "documents.paste": ("Paste a text", "글 붙여 넣기"),
    "documents.pasted": ("Text", "글"),
    "documents.pasted_name": ("Name (else its first words)", "이름 (비우면 첫 낱말들)"),
    "documents.add": ("Add this text", "이 글 넣기"),
    "documents.empty": (
        "Nothing in here yet. Drop files above: text, PDF, Word, PowerPoint, Excel, Hangul, mail (.eml, .mbox, .msg), web pages, "
        "tables (.csv), or a .zip of these.",
        "아직 비어 있습니다. 위에 파일을 놓으세요: 텍스트, PDF, 워드, 파워포인트, 엑셀, 한글, 메일(.eml, .mbox, .msg), 웹 페이지, "
        "표(.csv), 또는 이들을 묶은 .zip.",
    ),
    "documents.find": ("Name contains", "이름에 든 글자"),
    "documents.all": ("all", "모두"),
    "documents.language": ("Language", "언어"),
    "documents.none_chosen": (
        "No file is like this: change the name, state, type or language above.",
        "그런 파일이 없습니다. 위의 이름, 상태, 종류, 언어를 바꿔 보세요.",
    ),
    "documents.chosen": ("{count} shown by the filter", "고른 파일 {count}개"),
    "documents.before": ("Back", "이전"),
    "documents.next": ("Next", "다음"),
    "documents.page_of": ("{page} of {last}", "{last} 가운데 {page}"),
    "documents.name": ("File", "파일"),
    "documents.state": ("State", "상태"),
    "documents.type": ("Type", "종류"),
    "documents.documents": ("Documents", "문서"),
    "documents.pages": ("Pages", "쪽"),
    "documents.chunks": ("Passages", "문단"),
    "documents.tokens": ("Tokens", "토큰"),
    "documents.size": ("Size", "크기"),
    "documents.seconds": ("Seconds", "초"),
    "documents.remark": ("Remarks", "비고"),
    "documents.look": ("Look", "보기"),
    "documents.look_named": ("Look into {name}", "{name} 보기"),
    "documents.retry": ("Retry", "다시 시도"),
    "documents.retry_named": ("Read {name} again", "{name} 다시 읽기"),
    "documents.delete": ("Delete", "삭제"),
    "documents.delete_named": ("Delete {name}", "{name} 삭제"),
    "documents.sure": ("Delete {name} from the corpus?", "{name} 파일을 모음에서 삭제할까요?"),
    "documents.deleted": ("{name} is deleted.", "{name} 파일을 삭제했습니다."),
    "documents.total": ("{files} files, {chunks} passages", "파일 {files}개, 문단 {chunks}개"),
    "documents.working": ("{done} of {total}", "{total}개 가운데 {done}개"),
    "documents.finished": ("Finished: {states}", "마쳤습니다: {states}"),
    "documents.waiting": ("Received and waiting to be read: {count}.", "받아 두고 아직 읽지 않은 파일: {count}개."),
    "documents.continue": ("Continue", "계속하기"),
    "documents.chunk": ("passage {number} · {tokens} tokens", "문단 {number} · {tokens}토큰"),
    "documents.receiving": ("receiving", "받는 중"),
    "documents.reading": ("reading", "읽는 중"),
    "documents.embedding": ("embedding", "임베딩"),
    "documents.export": ("Export this corpus", "이 모음 내보내기"),
    "documents.exporting": ("Packing the corpus …", "모음을 묶는 중 …"),
    "documents.exported": (
        "{name} is packed ({size}): save it with the link below.", "{name} 모음을 묶었습니다({size}). 아래 링크로 저장하세요."),
    "documents.parcel": ("The exported corpus", "내보낸 모음"),
    "documents.import": ("Import a corpus (.zip)", "모음 가져오기 (.zip)"),
    "documents.imported": ("Imported as “{name}”: choose it above.", "“{name}” 모음으로 가져왔습니다. 위에서 고르세요."),
    "documents.delete_corpus": ("Delete this corpus", "이 모음 삭제"),
    "documents.corpus_deleted": ("{name} is deleted.", "{name} 모음을 삭제했습니다."),
    "documents.sure_corpus": ("Delete the whole corpus?", "모음 전체를 삭제할까요?"),
    # what stands in a file, and how it is cut
    "look.title": ("What stands in {name}", "{name}에 든 글"),
    "look.legend": (
        "The two colors are the passages in turn; what two of them share is underlined.",
        "두 가지 색이 번갈아 문단을 나타냅니다. 두 문단에 함께 든 곳은 밑줄을 그었습니다.",
    ),
    "look.attached_to": ("Attached to", "이 메일에 첨부됨:"),
    "look.attached": ("Attached:", "첨부:"),
    "look.elsewhere": ("The same stands in: {names}", "같은 글이 있는 파일: {names}"),
    "look.collapsed": (
        "Left out of search: “{title}” stands for it.", "검색에서 빠져 있습니다. “{title}” 문서가 대신합니다."),
    "look.asides": (
        "Quoted history and signatures are dimmed: they stand elsewhere too.",
        "흐린 글은 인용한 지난 메일이나 서명으로, 다른 곳에도 있습니다.",
    ),
    "cutting.title": ("Try how files are cut into passages", "파일을 문단으로 나누어 보기"),
    "cutting.about": (
        "Drop a file to see its passages before it is put in. Nothing of it is kept.",
        "파일을 놓으면 넣기 전에 문단을 미리 볼 수 있습니다. 보관되는 것은 없습니다.",
    ),
    "cutting.file": ("A file to look at", "미리 볼 파일"),
    "cutting.size": ("Size of a passage (tokens)", "문단 크기 (토큰)"),
    "cutting.size_info": ("0: as is best for the language", "0: 언어에 가장 알맞게"),
    "cutting.overlap": ("Shared with the one before (tokens)", "앞 문단과 겹치는 토큰"),
    "cutting.overlap_info": ("−1: as is best", "−1: 가장 알맞게"),
    "cutting.best": ("As is best: {sizes}, {overlap} tokens shared.", "가장 알맞은 값: {sizes}, 겹침 {overlap}토큰."),
    "cutting.best_of": ("{language} {size} tokens", "{language} {size}토큰"),
    "cutting.total": (
        "{chunks} passages of {documents} documents, {tokens} tokens in all", "문서 {documents}개에서 문단 {chunks}개, 모두 {tokens}토큰"),
    "cutting.first": ("Shown: the first {shown} of {of} documents.", "문서 {of}개 가운데 앞의 {shown}개를 보여 드립니다."),
    "cutting.reading": ("Reading the file …", "파일을 읽는 중 …"),
    "cutting.adopt": ("Cut new files of this corpus like this", "이 모음의 새 파일을 이렇게 나누기"),
    "cutting.set_best": ("As is best", "가장 알맞게"),
    "cutting.as_best": ("as is best", "가장 알맞게"),
    "cutting.now": (
        "New files of this corpus are cut so: size {size}, shared {overlap}. Those that are in stay as they are.",
        "이 모음의 새 파일은 이렇게 나눕니다: 크기 {size}, 겹침 {overlap}. 이미 넣은 파일은 그대로입니다.",
    ),
    "cutting.now_best": (
        "New files of this corpus are cut as is best for their language.", "이 모음의 새 파일은 언어에 가장 알맞게 나눕니다."),
    # the quality of a corpus
    "quality.title": ("Quality of this corpus", "문서 모음의 품질"),
    "quality.window": ("context window of {window} tokens", "컨텍스트 창 {window}토큰"),
    "quality.by_model": ("tokens as {name} counts them", "{name} 기준 토큰"),
    "quality.by_embedder": (
        "no model could be loaded: tokens as the embedder {name} counts them", "모델을 불러올 수 없어 임베더 {name} 기준으로 센 토큰"),
    "quality.documents": ("Documents", "문서"),
    "quality.collapsed": ("Collapsed", "합쳐 둔 문서"),
    "quality.refused": ("Not taken in again", "이미 있어 넣지 않음"),
    "quality.chunks": ("Passages", "문단"),
    "quality.characters": ("Characters", "글자"),
    "quality.tokens": ("Tokens", "토큰"),
    "quality.windows": ("Context windows it would fill", "채우는 컨텍스트 창"),
    "quality.language": ("Language", "언어"),
    "quality.per_token": ("Characters a token", "토큰당 글자"),
    "quality.en": ("English", "영어"),
    "quality.ko": ("Korean", "한국어"),
    "quality.other": ("other", "그 밖의 언어"),
    "quality.spelled": (
        "{language} costs {model} {cost} tokens a character, because it has no words of that language: little of it fits the "
        "context window. A multilingual model reads more at once.",
        "{model} 모델에는 이 언어({language})의 낱말이 없어 한 글자에 {cost}토큰이 듭니다. 그래서 컨텍스트 창에 조금밖에 들어가지 않습니다. "
        "다국어 모델은 한 번에 더 많이 읽습니다.",
    ),
    "quality.document_sizes": ("Documents by length", "길이별 문서 수"),
    "quality.chunk_sizes": ("Passages by length", "길이별 문단 수"),
    "quality.empty_pages": ("Pages with hardly any text: {count}", "글이 거의 없는 쪽: {count}개"),
    "quality.empty_pages_size": ("{size} letters", "글자 {size}개"),
    "quality.brief": ("Very short documents: {count}", "아주 짧은 문서: {count}개"),
    "quality.brief_size": ("{size} tokens", "{size}토큰"),
    "quality.more": ("and {count} more", "이 밖에 {count}개"),
    "quality.pairs": ("Near duplicates: {count}", "거의 같은 문서 쌍: {count}개"),
    "quality.no_pairs": ("No two documents are this much alike.", "이만큼 비슷한 문서가 없습니다."),
    "quality.kept": (
        "Collapsing deletes nothing: one document is searched and stands for the others, which can be brought back at any time.",
        "합쳐도 지워지는 것은 없습니다. 한 문서만 검색되고 나머지를 대신하며, 언제든 되돌릴 수 있습니다.",
    ),
    "quality.collapse_all": ("Collapse {count} duplicates", "중복 {count}개 합치기"),
    "quality.sure": (
        "Leave {count} documents out of search? Another one that says the same stands for each.",
        "문서 {count}개를 검색에서 뺄까요? 같은 내용의 다른 문서가 대신합니다.",
    ),
    "quality.by_exact": ("the same text", "같은 글"),
    "quality.by_wording": ("{percent} % of the wording of the shorter one stands in the other", "짧은 글의 {percent}%가 다른 글에 그대로 있음"),
    "quality.by_meaning": ("similar in meaning (cosine {percent} %), worded differently", "뜻이 비슷하고(코사인 {percent}%) 표현은 다름"),
    "quality.different": (
        "Similar, but not the same: one says {first}, the other {second}. They are not collapsed unless you choose one.",
        "비슷하지만 같지 않습니다. 한쪽에는 {first}, 다른 쪽에는 {second}. 직접 고르지 않으면 합치지 않습니다.",
    ),
    "quality.keep": ("Keep this one", "이것을 남기기"),
    "quality.keep_named": ("Keep “{title}” and collapse “{other}” into it", "“{title}” 문서를 남기고 “{other}” 문서를 합치기"),
    "quality.collapsed_title": ("Collapsed documents", "합쳐 둔 문서"),
    "quality.stands_for": ("{count} documents", "문서 {count}개"),
    "quality.restore": ("Bring back", "되돌리기"),
    "quality.restore_named": ("Bring “{title}” back into search", "“{title}” 문서를 다시 검색하기"),
    "quality.restore_all": ("Bring all back", "모두 되돌리기"),
    "quality.about": (
        "Finds what stands in the corpus twice or nearly so, empty pages, its languages and its size in tokens.",
        "모음에 두 번 있거나 거의 같은 글, 빈 쪽, 언어와 토큰 수를 알아봅니다.",
    ),
    "quality.check": ("Check this corpus", "이 모음 점검"),
    "quality.checking": ("Checking; this takes seconds, minutes for thousands of documents …", "점검하는 중 … 몇 초, 문서가 수천 개면 몇 분 걸립니다."),
    "quality.threshold": ("Alike from", "비슷하다고 보는 기준"),
    "quality.threshold_info": (
        "1 is the same text. Untouched, the limits measured for each language hold.",
        "1은 같은 글입니다. 움직이지 않으면 언어마다 재어 둔 기준을 씁니다.",
    ),
    "quality.calibrated": ("Use the measured limits", "재어 둔 기준 쓰기"),
    "quality.collapsed_now": (
        "Collapsed: {count}. They are kept and can be brought back below; check again for new figures.",
        "합친 문서: {count}개. 지워지지 않았고 아래에서 되돌릴 수 있습니다. 새 수치는 다시 점검하면 나옵니다.",
    ),
    "quality.restored_now": (
        "Brought back into search: {count}; check again for new figures.", "다시 검색되는 문서: {count}개. 새 수치는 다시 점검하면 나옵니다."),
    # what was asked before
    "tab.history": ("History", "기록"),
    "history.local": (
        "Questions and answers are kept on this computer only, in {home}. What you delete is gone from the file.",
        "질문과 답은 이 컴퓨터의 {home} 폴더에만 보관됩니다. 지우면 파일에서도 사라집니다.",
    ),
    "history.search": ("Find in questions and answers", "질문과 답에서 찾기"),
    "history.empty": (
        "Nothing kept yet. Ask a question in the Ask tab: it appears here with its answers.",
        "아직 보관된 질문이 없습니다. 질문 탭에서 물어보면 답과 함께 여기에 나타납니다.",
    ),
    "history.nothing_found": ("No question or answer holds “{text}”.", "“{text}”이(가) 들어 있는 질문이나 답이 없습니다."),
    "history.asked": ("Asked", "물은 때"),
    "history.question": ("Question", "질문"),
    "history.corpus": ("Documents", "문서 모음"),
    "history.model": ("Model", "모델"),
    "history.thumb": ("Verdict", "평가"),
    "history.open": ("Open", "열기"),
    "history.open_named": ("Open “{question}”", "“{question}” 열기"),
    "history.again": ("Ask again", "다시 묻기"),
    "history.again_named": ("Ask “{question}” again", "“{question}” 다시 묻기"),
    "history.pick": ("Add to report", "보고서에 넣기"),
    "history.pick_named": ("Add “{question}” to the report", "“{question}” 보고서에 넣기"),
    "history.picked": ("In the report", "보고서에 있음"),
    "history.delete": ("Delete", "삭제"),
    "history.delete_named": ("Delete “{question}”", "“{question}” 삭제"),
    "history.sure": ("Delete this question with its answers for good?", "이 질문과 답을 완전히 지울까요?"),
    "history.older": ("Show older ones", "더 오래된 질문 보기"),
    "history.clear": ("Delete the whole history", "기록 모두 삭제"),
    "history.sure_all": (
        "Delete all questions and answers for good?", "모든 질문과 답을 완전히 지울까요?"),
    "history.cleared": ("Deleted: {count}.", "지운 질문: {count}개."),
    "history.export": ("Export as HTML page", "HTML 쪽으로 내보내기"),
    "history.export_several": ("Export the report ({count}) as HTML page", "보고서({count}개)를 HTML 쪽으로 내보내기"),
    "history.opened": ("{asked} · {corpus} · {model}", "{asked} · {corpus} · {model}"),
    "history.passage": ("As the model could read it then", "그때 모델이 읽을 수 있던 글"),
    "feedback.title": ("Was the answer with the documents right?", "문서와 함께 한 답이 맞았나요?"),
    "feedback.good": ("👍 Good", "👍 좋아요"),
    "feedback.bad": ("👎 Bad", "👎 아쉬워요"),
    "feedback.reason": ("Why? (kept on this computer only)", "이유 (이 컴퓨터에만 보관됩니다)"),
    "feedback.placeholder": ("What was right, wrong or missing …", "맞은 것, 틀린 것, 빠진 것 …"),
    "feedback.save": ("Save", "저장"),
    "feedback.saved": ("Saved.", "저장했습니다."),
    # the page to hand on
    "report.title": ("Answers with and without the documents", "문서 없이 답한 것과 문서와 함께 답한 것"),
    "report.made": ("Date", "작성"),
    "report.moment": ("{year}-{month}-{day} {time}", "{year}년 {month}월 {day}일 {time}"),
    "report.corpus": ("Documents", "문서 모음"),
    "report.model": ("Model", "모델"),
    "report.count": ("Questions", "질문 수"),
    "report.how": ("How to read this", "읽는 법"),
    "report.how_text": (
        "Each question was answered twice by the same small language model running on one computer: once alone, from what it "
        "learned before, and once after reading passages found in the documents. The best sentence was picked from the "
        "documents by code, without any model: where an answer differs from it, trust the sentence, unless it is called a weak "
        "match. The bar shows how the model's context window, all it can read at once, was spent. Yellow marks say what to "
        "check before use.",
        "질문마다 한 컴퓨터에서 돌아가는 같은 소형 언어 모델이 두 번 답했습니다. 한 번은 혼자서 배운 것만으로, 한 번은 문서에서 "
        "찾은 문단을 읽고 답했습니다. ‘가장 알맞은 문장’은 모델 없이 문서에서 골라낸 것이니, 관련이 약하다고 적혀 있지 않다면 답보다 "
        "이 문장을 믿으세요. 막대는 모델이 한 번에 읽을 수 있는 컨텍스트 창을 어떻게 썼는지 보여 줍니다. 노란 표시는 쓰기 전에 "
        "확인할 점입니다.",
    ),
    "report.summary": ("At a glance", "한눈에 보기"),
    "report.question": ("Question", "질문"),
    "report.alone": ("Model alone", "모델만"),
    "report.with": ("With documents", "문서와 함께"),
    "report.seconds": ("Seconds", "초"),
    "report.check": ("check", "확인 필요"),
    "report.asked": ("asked {moment}", "{moment}에 물음"),
    "report.window": ("What the model with documents could read", "문서와 함께 답할 때 읽은 것"),
    "report.passages": ("Passages it read", "읽은 문단"),
    "report.number": ("Question {number}", "질문 {number}"),
    "report.footer": (
        "Made with RAG workbench. Questions, documents and answers did not leave the computer.",
        "RAG 작업대로 만들었습니다. 질문과 문서와 답은 컴퓨터 밖으로 나가지 않았습니다.",
    ),
    "report.file": ("answers", "답변"),
    "state.received": ("received", "받음"),
    "state.parsed": ("read", "읽음"),
    "state.embedded": ("embedded", "임베딩됨"),
    "state.ready": ("ready", "준비됨"),
    "state.duplicate": ("already there", "이미 있음"),
    "state.failed": ("not read", "읽지 못함"),
    "state.deleting": ("being deleted", "삭제 중"),
}


def say(lang: Lang, key: str, **values: object) -> str:
    """The words for a key in a language, with the values filled in."""
    text = WORDS[key][1 if lang == "ko" else 0]
    return text.format(**values) if values else text


def tell(lang: Lang, remark: Remark) -> str:
    """A remark as a sentence."""
    kind = "error" if f"error.{remark.code}" in WORDS else "remark"
    return say(lang, f"{kind}.{remark.code}", **remark.facts)
