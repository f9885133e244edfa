"""The page around the tabs."""

WORDS: dict[str, tuple[str, str]] = {
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
    "tab.feedback": ("Feedback", "고객 의견"),
    "time.left": ("about {seconds} s left", "약 {seconds}초 남음"),
    "page": ("p. {page}", "{page}쪽"),
    # what was asked before
    "tab.history": ("History", "기록"),
}
