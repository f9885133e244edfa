"""The Summarize tab."""

WORDS: dict[str, tuple[str, str]] = {
    "summary.mode_whole": ("The text fits the window:", "글이 컨텍스트 창에 다 들어갑니다."),
    "summary.mode_extract": (
        "The text does not fit; its best sentences are read:", "글이 컨텍스트 창보다 길어 가장 중요한 문장만 골라 읽습니다."),
    "summary.mode_question": (
        "The sentences that speak of the question are read:", "질문과 관계있는 문장만 골라 읽습니다."),
    "summary.mode_tree": (
        "The text is long: parts of it are read, then what was written of them:",
        "글이 길어 나누어 읽고, 거기서 쓴 요약을 다시 모아 읽습니다."),
    "summary.mode_extractive": ("No model writes; the sentences are the documents' own.", "모델 없이 문서의 문장을 그대로 골랐습니다."),
    "summary.stopped": (
        "Stopped. What is finished is kept, and starting again goes on from there; here is the summary without a model.",
        "멈췄습니다. 끝난 부분은 보관되어 다시 시작하면 이어집니다. 여기에는 모델 없이 만든 요약이 있습니다."),
    "summary.extractive_better": (
        "Without a model it says more of the text:", "모델 없이 만든 요약이 글의 내용을 더 많이 담고 있습니다."),
}
