"""Errors: what is wrong, why, what to do."""

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
    "error.reply_nothing": (
        "There is no message to reply to; choose a mail, or paste one.",
        "답장할 메일이 없습니다. 메일을 고르거나 붙여 넣어 주세요.",
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
    "error.model_served": (
        "{name} runs on a server: its file is not on this computer, so nothing can be read from it or made of it.",
        "{name} 모델은 서버에서 돌아갑니다. 파일이 이 컴퓨터에 없어 읽거나 만들 수 없습니다.",
    ),
    "error.window_none": (
        "There is no room in memory for any window of {model} ({why}); close other programs, or choose a smaller model.",
        "{model} 모델은 어떤 창도 메모리에 들어가지 않습니다({why}). 다른 프로그램을 닫거나 더 작은 모델을 고르세요.",
    ),
    "error.quantization_none": (
        "Say which types to make: {known}.", "어떤 형식으로 만들지 고르세요: {known}.",
    ),
    "error.quantization_unknown": (
        "There is no quantization “{name}”; use {known}.",
        "“{name}” 양자화 형식은 없습니다. {known} 가운데 고르세요.",
    ),
    "error.quantization_room": (
        "The files would take about {size} MB and the disk has {free} MB left; make fewer, or make room.",
        "파일에 {size} MB쯤 필요한데 디스크에는 {free} MB만 남았습니다. 수를 줄이거나 자리를 비우세요.",
    ),
    "error.form_unknown": (
        "There is no form of prompt “{name}”; use {known}.",
        "“{name}” 프롬프트 형식은 없습니다. {known} 가운데 고르세요.",
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
    "error.window_over": (
        "The text takes {needed} tokens and the window holds {room}; choose a larger window or a shorter text.",
        "글이 {needed}토큰인데 창에는 {room}토큰이 들어갑니다. 창을 키우거나 글을 줄이세요.",
    ),
    "error.window_too_long": (
        "{model} reads at most {most} tokens; choose a window of {most} or less instead of {window}.",
        "{model} 모델은 {most}토큰까지만 읽습니다. {window} 대신 {most} 이하의 창을 고르세요.",
    ),
    "error.window_no_memory": (
        "There is no room in memory for a window of {window} tokens ({why}); choose {most} or less.",
        "{window}토큰 창을 만들 메모리가 없습니다({why}). {most} 이하로 고르세요.",
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
    "error.remote_name": (
        "“{name}” names no server; write it like remote:http://127.0.0.1:8080/v1#model, without a key.",
        "“{name}”은(는) 서버 이름이 아닙니다. remote:http://127.0.0.1:8080/v1#모델 처럼 키 없이 적어 주세요.",
    ),
    "error.remote_leaves": (
        "{host} is another computer, and nothing leaves this one until you allow it: set WORKBENCH_REMOTE={base} and start again.",
        "{host}은(는) 다른 컴퓨터이며, 허락하기 전에는 아무것도 이 컴퓨터를 떠나지 않습니다. 환경 변수 WORKBENCH_REMOTE={base} 를 정하고 다시 시작하세요.",
    ),
    "error.remote_unreachable": (
        "{host} does not answer ({why}); see whether the server runs there.",
        "{host}이(가) 응답하지 않습니다({why}). 서버가 켜져 있는지 확인해 주세요.",
    ),
    "error.remote_silent": (
        "{host} said nothing for {seconds} seconds; it is stuck or has too much to do. Try a shorter prompt, or later.",
        "{host}이(가) {seconds}초 동안 아무 말도 하지 않았습니다. 멈췄거나 할 일이 너무 많습니다. 글을 줄이거나 나중에 다시 해 보세요.",
    ),
    "error.remote_cut": (
        "{host} broke off in the middle of its answer; ask again.",
        "{host}의 답이 도중에 끊겼습니다. 다시 물어 주세요.",
    ),
    "error.remote_key": (
        "{host} wants a key, or another one; put it into the environment variable {variable} and start again.",
        "{host}에는 키가 필요하거나 키가 틀렸습니다. 환경 변수 {variable}에 키를 넣고 다시 시작하세요.",
    ),
    "error.remote_busy": (
        "{host} cannot answer now, after {attempts} attempts (HTTP {status}: “{why}”); try again later.",
        "{host}이(가) {attempts}번 시도해도 지금은 답하지 못합니다(HTTP {status}: “{why}”). 나중에 다시 해 보세요.",
    ),
    "error.remote_moved": (
        "{host} points to another address, {target}, which is not followed; give that one yourself if you trust it.",
        "{host}이(가) 다른 주소 {target}(으)로 보내려 하지만 따라가지 않습니다. 믿을 수 있는 주소라면 직접 적어 주세요.",
    ),
    "error.remote_model": (
        "{host} has no model “{model}”; it has {known}.",
        "{host}에 “{model}” 모델이 없습니다. 있는 모델: {known}.",
    ),
    "error.remote_refused": (
        "{host} refuses (HTTP {status}): “{why}”; change what it names, or ask another model.",
        "{host}이(가) 거절했습니다(HTTP {status}): “{why}”. 말한 것을 바꾸거나 다른 모델에 물어 주세요.",
    ),
    "error.remote_garbled": (
        "{host} says something that no OpenAI-compatible server would (“{why}”); check the address, which usually ends in /v1.",
        "{host}의 응답이 OpenAI 호환 서버의 것이 아닙니다(“{why}”). 주소를 확인해 주세요. 보통 /v1로 끝납니다.",
    ),
    "error.remote_uncounted": (
        "{host} counts no tokens, neither beforehand nor with its answers, so nobody knows what fits the window; use another server, "
        "or worked examples as the form of the prompt.",
        "{host}은(는) 토큰 수를 미리도 답과 함께도 알려 주지 않아 창에 무엇이 들어가는지 알 수 없습니다. 다른 서버를 쓰거나 프롬프트 형식을 "
        "예시 이어쓰기로 고르세요.",
    ),
    "error.remote_no_score": (
        "{host} does not say how likely given words are, so choices cannot be scored with it; use a model on this computer for that.",
        "{host}은(는) 주어진 말의 확률을 알려 주지 않아 보기를 채점할 수 없습니다. 이 컴퓨터의 모델을 쓰세요.",
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
    # summaries
    "error.summary_nothing": (
        "There is no sentence in it to summarize: only headers, quotes, signatures or greetings. Choose something with words of its own.",
        "요약할 문장이 없습니다. 머리글, 인용, 서명, 인사말뿐입니다. 내용이 있는 글을 골라 주세요.",
    ),
    "error.summary_language": (
        "{model} does not read the language of this text; the sentences that say most of it are shown instead, chosen without a "
        "model.",
        "{model} 모델은 이 글의 언어를 읽지 못합니다. 그래서 모델 없이 가장 중요한 문장을 골라 보여 드립니다.",
    ),
    "error.summary_script": (
        "Summaries are written in English and Korean only, and this text is in another language; the sentences that say most of it are "
        "shown instead, chosen without a model.",
        "요약은 한국어와 영어로만 쓸 수 있는데, 이 글은 다른 언어입니다. 그래서 모델 없이 가장 중요한 문장을 골라 보여 드립니다.",
    ),
    "error.length_unknown": (
        "“{name}” is no length of a summary; choose one of {known}.", "“{name}”(이)라는 요약 길이는 없습니다. {known} 가운데 고르세요."),
    "error.summary_source": (
        "Say what to summarize, and one thing only: files, a text, or documents of a corpus.",
        "무엇을 요약할지 한 가지만 골라 주세요. 파일, 글, 문서 모음의 문서 가운데 하나입니다.",
    ),
    "error.summary_no_files": ("Choose files first.", "먼저 파일을 고르세요."),
    # feedback
    "error.read_no_table": (
        "{name}: files of type {suffix} are no tables; use {known}, or a folder of texts.",
        "{name}: {suffix} 형식은 표가 아닙니다. {known} 가운데 하나나 글이 든 폴더를 쓰세요.",
    ),
    "error.feedback_no_text": (
        "{name}: no column looks like comments (columns: {known}); name the one that holds them.",
        "{name}: 의견이 든 열로 보이는 것이 없습니다(열: {known}). 의견이 든 열의 이름을 적어 주세요.",
    ),
    "error.feedback_column_unknown": (
        "{name}: there is no column called “{given}”; there are {known}.",
        "{name}: “{given}” 열이 없습니다. 있는 열: {known}.",
    ),
    "error.feedback_sheet_unknown": (
        "{name}: there is no sheet with a table called “{given}”; there are {known}.",
        "{name}: 표가 있는 “{given}” 시트가 없습니다. 있는 시트: {known}.",
    ),
    "error.feedback_column_empty": (
        "{name}: the column “{column}” is empty in {count:its only row|all {count} rows}; fill it in, or choose the column that holds the comments.",
        "{name}: “{column}” 열이 {count}행 모두 비어 있습니다. 채워서 다시 넣거나 의견이 든 열을 고르세요.",
    ),
    "error.feedback_column_wordless": (
        "{name}: {count:the only row has no|none of the {count} rows has} words in the column “{column}”; choose another column.",
        "{name}: “{column}” 열에는 {count}행 모두 글이 없습니다. 다른 열을 고르세요.",
    ),
    "error.feedback_texts_wordless": (
        "{name}: {count} {count:text, and no words in it|texts, and no words in them}; give others.",
        "{name}: 글 {count}개에 낱말이 하나도 없습니다. 다른 글을 넣으세요.",
    ),
    "error.feedback_many": (
        "{name}: {count} rows are more than the {most} that are read at once; split the file.",
        "{name}: {count}행은 한 번에 읽는 한도 {most}행을 넘습니다. 파일을 나누어 주세요.",
    ),
    "error.feedback_no_texts": (
        "{name}: no text could be read of {count} files ({missed}). {why}",
        "{name}: 파일 {count}개에서 글을 하나도 읽지 못했습니다({missed}). {why}",
    ),
    "error.feedback_theme_unknown": (
        "There is no such theme any more; look at the list again.", "그런 주제가 이제 없습니다. 목록을 다시 확인해 주세요."),
    "error.feedback_merge_few": (
        "Choose at least two themes of one language to merge.", "합치려면 같은 언어의 주제를 둘 이상 고르세요."),
    "error.feedback_split_small": (
        "“{label}” has too few different opinions to split.", "“{label}” 주제는 서로 다른 의견이 적어 나눌 수 없습니다."),
    "error.feedback_name_empty": ("The name is empty; type one.", "이름이 비어 있습니다. 이름을 적어 주세요."),
    "error.feedback_unknown": (
        "This analysis is not kept any more; run it again.", "이 분석은 더 이상 보관되어 있지 않습니다. 다시 실행해 주세요."),
}
