"""The History tab, thumbs, and the page to hand on."""

WORDS: dict[str, tuple[str, str]] = {
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
    "thumbs.title": ("Was the answer with the documents right?", "문서와 함께 한 답이 맞았나요?"),
    "thumbs.good": ("👍 Good", "👍 좋아요"),
    "thumbs.bad": ("👎 Bad", "👎 아쉬워요"),
    "thumbs.reason": ("Why? (kept on this computer only)", "이유 (이 컴퓨터에만 보관됩니다)"),
    "thumbs.placeholder": ("What was right, wrong or missing …", "맞은 것, 틀린 것, 빠진 것 …"),
    "thumbs.save": ("Save", "저장"),
    "thumbs.saved": ("Saved.", "저장했습니다."),
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
    "report.by": ("Made with RAG workbench.", "RAG 작업대로 만들었습니다."),
    "report.stayed": (
        "Questions, documents and answers did not leave the computer.", "질문과 문서와 답은 컴퓨터 밖으로 나가지 않았습니다."),
    "report.file": ("answers", "답변"),
}
