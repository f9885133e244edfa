"""Questions of a corpus: bringing them in and out, making them, looking them through."""

WORDS: dict[str, tuple[str, str]] = {
    # what is wrong with a line; “import_line” says where
    "error.line_text": ("“{field}” has to be a text that is not empty", "“{field}”에는 빈칸이 아닌 글이 있어야 합니다"),
    "error.line_texts": ("“{field}” has to be a list of texts", "“{field}”에는 글의 목록이 있어야 합니다"),
    "error.line_number": ("“{field}” has to be a number", "“{field}”에는 수가 있어야 합니다"),
    "error.line_one_of": ("“{field}” has to be one of {names}", "“{field}”에는 다음 가운데 하나가 있어야 합니다: {names}"),
    "error.line_judgments": ("“judgments” has to name files with whole numbers", "“judgments”에는 파일 이름과 정수가 있어야 합니다"),
    "error.line_span": (
        "a gold span has to have “doc”, and “start” and “end” as whole numbers, the end behind the start",
        "정답 자리(gold span)에는 “doc”과 정수로 된 “start”, “end”가 있고 끝이 시작보다 뒤에 있어야 합니다",
    ),
    "error.line_answers": (
        "there is no answer: give “answers”, or “kind”: “unanswerable”",
        "정답이 없습니다. “answers”를 적거나 “kind”를 “unanswerable”로 적어 주세요",
    ),
    "error.line_choices": (
        "multiple choice needs two “choices” at least and an “answer_index” that is one of them, counted from 0",
        "객관식에는 보기(“choices”)가 두 개 이상 있고, 정답 번호(“answer_index”, 0부터)가 그 가운데 하나여야 합니다",
    ),
    "error.question_unknown": (
        "There is no question {id} in “{corpus}”; look at the list again.",
        "“{corpus}”에 {id} 질문이 없습니다. 목록을 다시 확인해 주세요.",
    ),
    # bringing a file in: where, what, why, what to do
    "error.import_wrong": (
        "{name}, {place}: {why}. Nothing was taken in; correct it and import the file again.",
        "{name}, {place}: {why}. 아무것도 가져오지 않았습니다. 고친 뒤 다시 가져와 주세요.",
    ),
    "error.import_no_file": (
        "There is no file {name}; check the path.",
        "{name} 파일이 없습니다. 경로를 확인해 주세요.",
    ),
    "error.import_folder": (
        "{name} is a folder, and format {form} is a file; give the file in it.",
        "{name}은(는) 폴더인데 {form} 형식은 파일입니다. 그 안의 파일을 골라 주세요.",
    ),
    "error.import_unreadable": (
        "{name} cannot be read ({why}); check that it is whole and that you may open it.",
        "{name} 파일을 읽을 수 없습니다({why}). 파일이 온전한지, 열 권한이 있는지 확인해 주세요.",
    ),
    "error.import_large": (
        "{name} has more than {most} MB; split it.",
        "{name} 파일이 {most} MB를 넘습니다. 나누어 주세요.",
    ),
    "error.import_format": (
        "There is no format “{form}”; use one of {known}.",
        "“{form}” 형식은 없습니다. 다음 가운데 하나를 쓰세요: {known}.",
    ),
    "error.import_no_corpus": (
        "Say which corpus the questions go to with --corpus NAME.",
        "질문을 넣을 문서 모음을 --corpus 이름으로 적어 주세요.",
    ),
    "error.import_id": (
        "The corpus “{corpus}” has another question with the id {id} (from {source}); import under another name with --corpus.",
        "“{corpus}” 문서 모음에 번호가 {id}인 다른 질문이 있습니다({source}에서 온 것). --corpus로 다른 이름을 주어 가져오세요.",
    ),
    "error.import_file": (
        "The corpus “{corpus}” has another file called {name}; import under another name with --corpus.",
        "“{corpus}” 문서 모음에 이름이 {name}인 다른 파일이 있습니다. --corpus로 다른 이름을 주어 가져오세요.",
    ),
    "error.export_format": (
        "Questions are not written as “{form}”; use one of {known}.",
        "질문을 “{form}” 형식으로는 내보내지 않습니다. 다음 가운데 하나를 쓰세요: {known}.",
    ),
    "error.export_there": (
        "{path} is there already; choose a folder that is not.",
        "{path}이(가) 이미 있습니다. 아직 없는 폴더를 고르세요.",
    ),
    "error.export_unwritable": (
        "The questions cannot be written to {path} ({why}); choose another place.",
        "{path}에 질문을 저장할 수 없습니다({why}). 다른 곳을 고르세요.",
    ),
    "error.no_questions_kept": (
        "“{corpus}” has no questions; import some with --format.",
        "“{corpus}” 문서 모음에 질문이 없습니다. --format으로 가져오세요.",
    ),
    "error.line_squad_answer": (
        "an answer has to have “text” and, as a whole number, “answer_start”",
        "정답에는 “text”와 정수인 “answer_start”가 있어야 합니다",
    ),
    "error.question_choice": (
        "“{answer}” is none of the choices of question {id}; give one as it stands there.",
        "“{answer}”은(는) {id} 질문의 보기에 없습니다. 보기 가운데 하나를 그대로 적어 주세요.",
    ),
    "error.question_fine": (
        "Nothing speaks against question {id}; look at the list again.",
        "{id} 질문에는 걸리는 것이 없습니다. 목록을 다시 확인해 주세요.",
    ),
    # what speaks against measuring with a question
    "gate.nothing": (
        "Nothing speaks against the {count} questions: the index gives none away, none is there twice.",
        "질문 {count}개에 걸리는 것이 없습니다. 색인이 답을 흘리는 질문도, 겹치는 질문도 없습니다.",
    ),
    "gate.found": (
        "Something speaks against {count} of {of} questions; the figures are also given without them, over {clean}. {listed}.",
        "질문 {of}개 가운데 {count}개에 걸리는 것이 있습니다. 이를 뺀 {clean}개로 낸 수치도 함께 보입니다. {listed}.",
    ),
    "gate.title": ("{count} whose answer stands in a title", "제목에 답이 있는 것 {count}개"),
    "gate.name": ("{count} whose answer stands in a file's name", "파일 이름에 답이 있는 것 {count}개"),
    "gate.short_passage": ("{count} whose answer is nearly all of a passage", "답만 있다시피 한 문단이 있는 것 {count}개"),
    "gate.question": ("{count} that stand in the documents word for word", "문서에 질문이 그대로 있는 것 {count}개"),
    "gate.duplicate": ("{count} that are there twice", "겹치는 것 {count}개"),
    "gate.gray": ("{count} that may be there twice and wait to be looked at", "겹치는지 사람이 보아야 하는 것 {count}개"),
    "gate.one.title": ("the answer stands in a title", "제목에 답이 있음"),
    "gate.one.name": ("the answer stands in a file's name", "파일 이름에 답이 있음"),
    "gate.one.short_passage": ("a passage has hardly anything in it but the answer", "답만 있다시피 한 문단이 있음"),
    "gate.one.question": ("the question stands in the documents", "문서에 질문이 그대로 있음"),
    "gate.one.duplicate": ("there twice", "겹침"),
    "gate.one.gray": ("perhaps there twice", "겹치는지 확인 필요"),
    "measured.clean": (
        "Without the {out} questions that the documents give away or that are, or may be, there twice: of {n}, alone {alone}, with your documents {together}; {lift} points.",
        "답이 새거나 겹치는(겹칠 수 있는) 질문 {out}개를 빼면 {n}개 가운데 모델만으로 {alone}개, 문서와 함께 {together}개이고, 차이는 {lift}%p입니다.",
    ),
    "measured.column.clean": ("right, clean", "정답(걸리는 것 빼고)"),
    # places in a file
    "remark.place_file": ("the whole file", "파일 전체"),
    "remark.place_line": ("line {line}", "{line}번째 줄"),
    "remark.place_article": ("article {article}", "글 {article}"),
    "remark.place_paragraph": ("article {article}, paragraph {paragraph}", "글 {article}의 문단 {paragraph}"),
    "remark.place_question": ("{place}, question “{id}”", "{place}, 질문 “{id}”"),
    "remark.place_id": ("document “{id}”", "문서 “{id}”"),
    # what is wrong there
    "remark.no_json": ("this is no JSON ({why})", "JSON이 아닙니다({why})"),
    "remark.no_object": ("a line has to be one JSON object", "한 줄에 JSON 객체가 하나씩 있어야 합니다"),
    "remark.no_list": ("“{field}” has to be a list of objects", "“{field}”에는 객체의 목록이 있어야 합니다"),
    "remark.no_questions": ("there is no question in it", "질문이 들어 있지 않습니다"),
    "remark.same_id": ("another one has the same id", "같은 번호가 또 있습니다"),
    "remark.long_id": ("the id is too long for the name of a file ({most} letters)", "번호가 파일 이름({most}자)으로 쓰기에 너무 깁니다"),
    "remark.no_judgment": (
        "a line of judgments is query, document and a whole number, parted by tabs",
        "판정 한 줄은 질의, 문서, 정수를 탭으로 나눈 것이어야 합니다",
    ),
    "remark.no_row": ("the quotation marks are not closed or stand in the wrong place ({why})", "따옴표가 닫히지 않았거나 자리가 잘못되었습니다({why})"),
    "remark.no_answer": (
        "there is no answer; write one, or “unanswerable” into a column called “kind”",
        "정답이 없습니다. 정답을 적거나 “kind” 열에 “unanswerable”이라고 적어 주세요",
    ),
    "remark.no_choice": (
        "“{answer}” is none of its {count} choices, or a choice is empty",
        "“{answer}”은(는) 보기 {count}개 가운데 없거나, 빈 보기가 있습니다",
    ),
    "remark.no_choices": ("there are no columns of choices; call them A, B, C, D", "보기 열이 없습니다. A, B, C, D라는 이름을 붙여 주세요"),
    "remark.no_columns": (
        "a column called “question” and one called “answer” are needed, and these are there: {found}",
        "“question”과 “answer” 열이 있어야 하는데 다음 열이 있습니다: {found}",
    ),
    "remark.odd_row": (
        "the row has {count} cells where {expected} are expected; give the columns names, or the row its cells",
        "칸이 {expected}개여야 하는데 {count}개입니다. 열 이름을 붙이거나 줄의 칸을 맞춰 주세요",
    ),
    "remark.answers_unclear": (
        "it stays open which column holds the right choices; call the columns question, A, B, C, D and answer",
        "어느 열이 정답인지 알 수 없습니다. 열 이름을 question, A, B, C, D, answer로 붙여 주세요",
    ),
    "remark.base_unclear": (
        "the right choices are numbered {numbers}, which could count the {count} choices from 0 or from 1; "
        "write letters, or say --count-from 0 or 1",
        "정답이 {numbers}번인데, 보기 {count}개를 0부터 세었는지 1부터 세었는지 알 수 없습니다. A, B, C로 적거나 --count-from 0 또는 1을 쓰세요",
    ),
}
