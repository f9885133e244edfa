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
    "error.read_no_text": (
        "{name}: there is no text in it; add a file with words.",
        "{name}: 글이 들어 있지 않습니다. 글이 있는 파일을 넣어 주세요.",
    ),
    "error.read_no_rows": (
        "{name}: a table needs a row of column names and at least one row of values.",
        "{name}: 표에는 열 이름 한 줄과 값이 든 줄이 하나 이상 있어야 합니다.",
    ),
    "error.read_encoding": (
        "{name}: the characters cannot be decoded (tried {tried}); save the file as UTF-8.",
        "{name}: 글자를 해독할 수 없습니다({tried} 시도). UTF-8로 저장해 주세요.",
    ),
    "error.read_password": (
        "{name}: the PDF asks for a password; save a copy without one.",
        "{name}: 암호가 걸린 PDF입니다. 암호 없이 저장한 사본을 넣어 주세요.",
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
    # remarks on files
    "remark.duplicate": ("Same content as {of}; stored once.", "{of}와(과) 내용이 같아 한 번만 저장했습니다."),
    "remark.pages_unread": (
        "Page {pages} could not be read ({why}); the others are in.",
        "{pages}쪽을 읽지 못했습니다({why}). 나머지는 들어갔습니다.",
    ),
    "remark.attachments_unread": ("Attachments not read: {names}.", "읽지 않은 첨부 파일: {names}."),
    "remark.start_failed": (
        "The start did not finish ({why}); start again, and report this if it happens twice.",
        "시작을 마치지 못했습니다({why}). 다시 시작하고, 되풀이되면 알려 주세요.",
    ),
    "remark.kept_old": ("The version stored before stays.", "이전에 저장된 파일은 그대로 있습니다."),
    # the page
    "app.title": ("RAG workbench", "RAG 작업대"),
    "app.tagline": (
        "The same question, answered with and without your documents, by a small model on this computer.",
        "같은 질문에 문서 없이, 그리고 문서와 함께 답합니다. 이 컴퓨터의 작은 모델로, 인터넷 없이.",
    ),
    "app.language": ("Language", "언어"),
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
    "settings.title": ("Settings", "설정"),
    "settings.model": ("Model (name or path of a GGUF)", "모델 (이름 또는 GGUF 경로)"),
    "settings.window": ("Context window (tokens)", "컨텍스트 창 (토큰)"),
    "settings.reply": ("Reserved for the reply (tokens)", "답변 몫 (토큰)"),
    "settings.top_k": ("Passages to look at", "찾아볼 문단 수"),
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
    "flag.unsupported": (
        "Its words do not stand in the passages: check before use.",
        "답의 낱말이 문단에 없습니다. 쓰기 전에 확인하세요.",
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
    "claim.supported": ("stands in the passage", "문단에 있음"),
    "claim.copy": ("not in the passages' words", "문단의 표현이 아님"),
    "claim.numbers": ("in no passage: {numbers}", "문단에 없는 수: {numbers}"),
    "claim.names": ("in no passage: {names}", "문단에 없는 이름: {names}"),
    # where an answer was lost
    "stage.not_in_documents": ("not in the documents", "문서에 없음"),
    "stage.not_retrieved": ("in the documents, not retrieved", "문서에 있으나 찾지 못함"),
    "stage.cut": ("retrieved, cut by the window", "찾았으나 창에 들어가지 못함"),
    "stage.not_used": ("in the window, not used", "창에 있으나 쓰지 않음"),
    "stage.contradicted": ("answered something else", "다르게 답함"),
    "stage.answered": ("answered", "맞게 답함"),
    "bar.title": ("Context window of “Model + documents”", "‘모델 + 문서’의 컨텍스트 창"),
    "bar.of": ("{prompt} + {reserve} of {window} tokens", "{window}토큰 가운데 {prompt} + {reserve}"),
    "bar.instructions": ("instructions", "지시문"),
    "bar.question": ("question", "질문"),
    "bar.passages": ("passages", "문단"),
    "bar.reserve": ("reserved for the reply", "답변 몫"),
    "bar.free": ("free", "남음"),
    "left.title": ("Left out", "빠진 것"),
    "left.none": ("Nothing was left out.", "빠진 것이 없습니다."),
    "left.budget": ("no room: {tokens} tokens, {free} free", "자리가 없음: {tokens}토큰, 남은 자리 {free}"),
    "left.excerpt": ("only its best sentences fit; {tokens} tokens left out", "가장 알맞은 문장만 들어감. {tokens}토큰 빠짐"),
    "sent.title": ("What the model was sent", "모델에 보낸 글"),
    "source.title": ("In the document", "문서에서 보기"),
    "source.gone": ("This document is no longer in the corpus.", "이 문서는 더 이상 모음에 없습니다."),
    "documents.corpus": ("Corpus (type a new name to make one)", "문서 모음 (새 이름을 적으면 만들어집니다)"),
    "documents.files": ("Add files: {known}", "파일 넣기: {known}"),
    "documents.empty": (
        "Nothing in here yet. Drop files above: text, Markdown, PDF, mail (.eml), tables (.csv).",
        "아직 비어 있습니다. 위에 파일을 놓으세요: 텍스트, 마크다운, PDF, 메일(.eml), 표(.csv).",
    ),
    "documents.name": ("File", "파일"),
    "documents.state": ("State", "상태"),
    "documents.chunks": ("Passages", "문단"),
    "documents.remark": ("Remarks", "비고"),
    "documents.look": ("Look", "보기"),
    "documents.delete": ("Delete", "삭제"),
    "documents.sure": ("Delete this file from the corpus?", "이 파일을 모음에서 삭제할까요?"),
    "documents.total": ("{files} files, {chunks} passages", "파일 {files}개, 문단 {chunks}개"),
    "documents.working": ("{done} of {total} · {name}", "{total}개 가운데 {done}개 · {name}"),
    "documents.chunk": ("passage {number} · {tokens} tokens", "문단 {number} · {tokens}토큰"),
    "documents.reading": ("reading", "읽는 중"),
    "documents.embedding": ("embedding", "임베딩"),
    "documents.delete_corpus": ("Delete this corpus", "이 모음 삭제"),
    "documents.corpus_deleted": ("{name} is deleted.", "{name} 모음을 삭제했습니다."),
    "documents.sure_corpus": ("Delete the whole corpus?", "모음 전체를 삭제할까요?"),
    "state.ready": ("ready", "준비됨"),
    "state.duplicate": ("already there", "이미 있음"),
    "state.failed": ("not read", "읽지 못함"),
    "state.working": ("working", "작업 중"),
}


def say(lang: Lang, key: str, **values: object) -> str:
    """The words for a key in a language, with the values filled in."""
    text = WORDS[key][1 if lang == "ko" else 0]
    return text.format(**values) if values else text


def tell(lang: Lang, remark: Remark) -> str:
    """A remark as a sentence."""
    kind = "error" if f"error.{remark.code}" in WORDS else "remark"
    return say(lang, f"{kind}.{remark.code}", **remark.facts)
