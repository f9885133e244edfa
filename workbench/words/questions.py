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
}
