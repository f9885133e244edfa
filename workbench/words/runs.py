"""Runs that were measured: listing, comparing, deleting, stopping and going on."""

WORDS: dict[str, tuple[str, str]] = {
    "error.runs_same": ("{name} is one run; name two to compare.", "{name}은(는) 한 측정입니다. 견줄 측정 두 개를 골라 주세요."),
    "error.runs_no_questions": (
        "{before} and {after} have no question in common, by id and in the same words: measure the same questions twice.",
        "{before}와(과) {after}에는 id와 글이 같은 질문이 없습니다. 같은 질문으로 두 번 측정해 주세요.",
    ),
    "error.runs_no_lanes": (
        "{before} ({first}) and {after} ({second}) have no lane in common of which it is clear what stands against what: with several models or "
        "windows, both runs need the same ones.",
        "{before}({first})와(과) {after}({second})에는 서로 견줄 방식이 없습니다. 모델이나 창이 여럿이면 두 측정에 같은 것이 있어야 합니다.",
    ),
    "error.runs_no_answers": (
        "{before} and {after} have no question yet that both have answered in the same lane; let them go on first.",
        "{before}와(과) {after}가 같은 방식으로 함께 답한 질문이 아직 없습니다. 먼저 측정을 이어 해 주세요.",
    ),
    "error.corpus_coming": (
        "{count} {count:document|documents} of “{corpus}” {count:is|are} still being read in; measure when {count:it is there, or take it|they are there, or take them} out.",
        "“{corpus}”의 문서 {count}개를 아직 읽어 들이는 중입니다. 다 읽은 뒤에 측정하거나 그 문서를 빼 주세요.",
    ),
    "error.runs_two": ("compare takes two runs, the earlier one first.", "견주려면 이전 측정과 이후 측정, 두 개를 적어 주세요."),
    "error.runs_one": ("{act} takes the name of a run; see `runs list`.", "{act}에는 측정 이름이 필요합니다. `runs list`로 볼 수 있습니다."),
    "measured.title.changes": ("Two runs over the same questions", "같은 질문으로 두 측정 견주기"),
    "measured.about.changes": (
        "Each question is compared with itself; differences are in percentage points, the later run less the earlier one, with 95 % intervals.",
        "질문마다 이전 답과 이후 답을 짝지어 견줍니다. 차이는 이후에서 이전을 뺀 %p이며 95% 구간과 함께 보입니다."),
    "measured.change.before": ("before", "이전"),
    "measured.change.after": ("after", "이후"),
    "measured.change.difference": ("points", "차이(%p)"),
    "measured.change.gained": ("now right", "새로 맞음"),
    "measured.change.lost": ("now wrong", "새로 틀림"),
    "measured.change.p": ("p (McNemar, Holm)", "p(맥니마, 홀름)"),
    "measured.change.f1": ("F1, difference", "F1 차이"),
    "runs.common": ("{n} {n:question|questions} that both runs have, in the same words.", "두 측정에 똑같이 있는 질문은 {n}개입니다."),
    "runs.differ": ("Not the same in both: {differs}.", "두 측정에서 다른 것: {differs}."),
    "runs.alike": ("Documents, prompts, models and settings are the same in both.", "문서, 프롬프트, 모델, 설정이 모두 같습니다."),
    "runs.differs.corpus": ("corpus", "문서 모음"),
    "runs.differs.index": ("documents or how they are cut", "문서 또는 문서를 나눈 방식"),
    "runs.differs.prompts": ("prompts", "프롬프트"),
    "runs.differs.embedder": ("embedder", "임베딩 모델"),
    "runs.differs.model": ("model", "모델"),
    "runs.differs.window": ("context window", "컨텍스트 창"),
    "runs.differs.reply": ("tokens for a reply, or form of the prompt", "답의 최대 토큰 또는 프롬프트 형식"),
    "runs.better": ("{lane}: better by {points} points (n = {n}).", "{lane}: {points}%p 나아졌습니다(n = {n})."),
    "runs.worse": ("{lane}: worse, {points} points (n = {n}).", "{lane}: {points}%p로 나빠졌습니다(n = {n})."),
    "runs.no_evidence": ("{lane}: no evidence of a difference, {points} points (n = {n}).", "{lane}: 달라졌다고 볼 근거가 없습니다({points}%p, n = {n})."),
    "runs.pilot": (
        "{lane}: {points} points over {n} {n:question|questions}, too few to say whether it is better or worse.",
        "{lane}: 질문 {n}개로 {points}%p 차이라, 나아졌는지 나빠졌는지 말하기에는 모자랍니다."),
    "runs.changed": ("{count} {count:question|questions} of the same id {count:was|were} asked in other words, or have other known answers now: not compared.", "id는 같지만 글이나 정답이 달라진 질문 {count}개는 견주지 않았습니다."),
    "runs.only_before": ("{count} {count:question is|questions are} in the earlier run alone.", "이전 측정에만 있는 질문: {count}개."),
    "runs.only_after": ("{count} {count:question is|questions are} in the later run alone.", "이후 측정에만 있는 질문: {count}개."),
    "runs.apart": ("Only one of the runs has, or it is not clear what stands against what: {lanes}.", "한 측정에만 있거나 짝이 분명하지 않아 견주지 않은 방식: {lanes}."),
    "measured.size": (
        "With your documents it answers as many as a model of {size} parameters would alone ({interval}), {times} times its own size; on a line "
        "through the models measured here.",
        "문서와 함께라면 파라미터 {size}짜리 모델이 혼자 답하는 만큼 맞힙니다({interval}). 자기 크기의 {times}배이며, 여기서 잰 모델들을 이은 선에서 읽은 값입니다."),
    "measured.size.beyond_largest": (
        "With your documents it answers at least as many as the largest model measured here does alone ({size} parameters).",
        "문서와 함께라면 여기서 잰 가장 큰 모델({size})이 혼자 답하는 것보다 적지 않게 맞힙니다."),
    "measured.size.below_smallest": (
        "With your documents it answers fewer than the smallest model measured here does alone ({size} parameters).",
        "문서와 함께라도 여기서 잰 가장 작은 모델({size})이 혼자 답하는 것보다 적게 맞힙니다."),
    "measured.false_answer": ("The false passage says:", "거짓 문단의 답:"),
    "measured.about.every": ("Each cell opens its question with all answers side by side and what was read for them.", "칸을 누르면 그 질문의 답을 나란히, 읽은 문단과 함께 봅니다."),
    "measure.halt": ("Stop", "그만두기"),
    "measure.ending": (" · pausing after the group under way: at most {count} more answers", " · 하던 묶음까지 답하고 멈춥니다(남은 답 최대 {count}개)"),
    "measure.ending_lookup": (" · pausing once all passages are looked up", " · 문단을 모두 찾고 나서 멈춥니다"),
    "measure.halting": (" · stopping", " · 멈추는 중"),
    "measure.held": ("Paused at {done} of {total} answers.", "답 {total}개 가운데 {done}개에서 멈췄습니다."),
    "measure.partly": (" · {done} of {total} answers", " · 답 {done}/{total}"),
    "measure.damaged": ("{name} · cannot be read", "{name} · 읽을 수 없음"),
}
