"""Measuring: what cannot be, what is found out, and the report."""

WORDS: dict[str, tuple[str, str]] = {
    "error.no_questions": (
        "“{corpus}” has no questions whose answers its documents hold; bring some in, make some, or name a file with --questions.",
        "“{corpus}”에는 문서에 답이 있는 질문이 없습니다. 질문을 가져오거나 만들거나 --questions로 파일을 지정해 주세요.",
    ),
    "error.run_unknown": ("There is no run {name}; there are: {known}.", "{name} 측정은 없습니다. 있는 측정: {known}."),
    "error.run_damaged": (
        "The journal of run {name} cannot be read from its beginning on; delete the run and measure again.",
        "{name} 측정의 기록을 처음부터 읽을 수 없습니다. 지우고 다시 측정해 주세요.",
    ),
    "error.run_in_use": (
        "Run {name} is being measured by another process; wait until it ends, or stop it there.",
        "다른 프로세스가 {name} 측정을 하고 있습니다. 끝나기를 기다리거나 그쪽에서 멈춰 주세요.",
    ),
    "error.run_changed_questions": (
        "Run {run} cannot go on: its questions are not the same any more; measure anew, or put the questions back.",
        "{run} 측정을 이어 할 수 없습니다. 질문이 그때와 달라졌습니다. 새로 측정하거나 질문을 되돌려 주세요.",
    ),
    "error.run_changed_prompts": (
        "Run {run} cannot go on: its prompts are not the same any more; measure anew, or put the files in prompts/ back.",
        "{run} 측정을 이어 할 수 없습니다. 프롬프트가 그때와 달라졌습니다. 새로 측정하거나 prompts/의 파일을 되돌려 주세요.",
    ),
    "error.run_changed_index": (
        "Run {run} cannot go on: the documents of its corpus are not the same any more; measure anew, or put the documents back.",
        "{run} 측정을 이어 할 수 없습니다. 문서 모음이 그때와 달라졌습니다. 새로 측정하거나 문서를 되돌려 주세요.",
    ),
    "error.run_changed_embedder": (
        "Run {run} cannot go on: the corpus is searched by another embedder now; measure anew.",
        "{run} 측정을 이어 할 수 없습니다. 검색에 쓰는 임베딩 모델이 바뀌었습니다. 새로 측정해 주세요.",
    ),
    "error.run_changed_model": (
        "Run {run} cannot go on: the file of model {model} is not the same any more; measure anew, or put the file back.",
        "{run} 측정을 이어 할 수 없습니다. {model} 모델의 파일이 그때와 달라졌습니다. 새로 측정하거나 파일을 되돌려 주세요.",
    ),
    "error.reference_unreadable": (
        "{name}: answers to compare with are lines of JSON with “id” and “answer” ({why}).",
        "{name}: 비교할 답은 “id”와 “answer”가 있는 JSON 줄이어야 합니다({why}).",
    ),
    "error.reference_coverage": (
        "{name} answers {there} of the {of} questions by their ids; at least {least} % are needed for a comparison.",
        "{name}에는 질문 {of}개 가운데 {there}개의 답만 있습니다(id 기준). 비교하려면 {least}% 이상이 필요합니다.",
    ),
    # why a lane has no answer to a question
    "remark.lane_no_gold": ("it is not known where the answer stands", "답이 어디에 있는지 알려져 있지 않습니다"),
    "remark.lane_no_noise": ("there are too few passages without the answer", "답이 없는 문단이 모자랍니다"),
    "remark.lane_no_counter": ("there is no passage with a false answer", "거짓 답이 든 글이 없습니다"),
    "remark.lane_no_room": ("the passages do not all fit the window", "문단이 모두 창에 들어가지 않습니다"),
    "remark.lane_no_passage": ("there is nothing to read", "읽을 글이 없습니다"),
    # figures in plain words
    "measured.headline": (
        "Of {n} questions the model alone answers {alone}, with your documents {together}.",
        "질문 {n}개 가운데 모델만으로는 {alone}개, 문서와 함께는 {together}개에 맞게 답했습니다.",
    ),
    "measured.headline_best": (
        "Of {n} questions the model alone answers {alone}, with your documents {together}; the best sentence of the documents, without any model, {best}.",
        "질문 {n}개 가운데 모델만으로는 {alone}개, 문서와 함께는 {together}개에 맞게 답했습니다. 모델 없이 문서에서 고른 문장에는 {best}개의 답이 들어 있습니다.",
    ),
    "measured.unread": ("This model cannot read {language}.", "이 모델은 {language}를 읽지 못합니다."),
    "measured.unread_best": (
        "Of {n} questions the best sentence of the documents, without any model, answers {best}.",
        "질문 {n}개 가운데 모델 없이 문서에서 고른 문장에 {best}개의 답이 들어 있습니다.",
    ),
    "measured.not_yet": ("There are no answers to compare yet.", "아직 견줄 답이 없습니다."),
    "verdict.helps": ("Retrieval helps: {lift} points of right answers.", "검색이 도움이 됩니다. 정답이 {lift}%p 달라졌습니다."),
    "verdict.mixed": (
        "Retrieval rescues more than it harms, {lift} points, but it harms many answers that were right.",
        "검색으로 얻은 답이 잃은 답보다 많지만({lift}%p), 맞던 답도 많이 틀리게 만듭니다."),
    "verdict.hurts": ("Retrieval hurts: {lift} points of right answers.", "검색이 오히려 해롭습니다. 정답이 {lift}%p 달라졌습니다."),
    "verdict.no_evidence": (
        "No evidence that retrieval helps or hurts: {lift} points of right answers.",
        "검색이 도움이 되는지 해로운지 말할 근거가 없습니다. 정답 차이는 {lift}%p입니다."),
    "verdict.pilot": (
        "A pilot of {n} questions: too few to say whether retrieval helps ({lift} points).",
        "질문 {n}개로 한 시험 측정이라 검색이 도움이 되는지 말하기에는 모자랍니다({lift}%p)."),
    "measured.none_right": ("No answer is right with the documents.", "문서와 함께 맞힌 답이 없습니다."),
    "measured.closed_zero": (
        "Alone it answers none: every one of the {right} right answers came from the documents.",
        "모델만으로는 하나도 맞히지 못했습니다. 맞힌 {right}개는 모두 문서에서 나왔습니다."),
    "measured.supplied": (
        "Of the {right} right answers with the documents, {rescued} could not be given without them: {share}.",
        "문서와 함께 맞힌 {right}개 가운데 {rescued}개는 문서 없이는 맞히지 못한 답입니다: {share}."),
    "measured.harm": (
        "Of the {alone} that were right alone, {harmed} became wrong: {share}.",
        "모델만으로 맞힌 {alone}개 가운데 {harmed}개가 문서 때문에 틀렸습니다: {share}."),
    "measured.harm_unknown": (
        "Only {alone} were right alone, {harmed} of them became wrong: too few for a harm rate.",
        "모델만으로 맞힌 것이 {alone}개뿐이고 그 가운데 {harmed}개가 틀렸습니다. 비율을 말하기에는 모자랍니다."),
    "measured.efficiency": (
        "Retrieval brings {share} of what the gold passages would bring.", "정답 문단을 바로 주었을 때 얻는 것의 {share}를 검색으로 얻습니다."),
    "measured.efficiency.hurt": (
        "The gold passages would help; what is found hurts ({share}).", "정답 문단은 도움이 되는데, 검색된 문단은 해롭습니다({share})."),
    "measured.efficiency.beyond_oracle": (
        "Retrieval brings {share} of what the gold passages bring: no less.", "검색으로 얻는 것이 정답 문단으로 얻는 것의 {share}로, 모자라지 않습니다."),
    "measured.efficiency.oracle_suspect": (
        "Retrieval brings {share} of what the gold passages bring, beyond chance: look at the gold passages.",
        "검색으로 얻는 것이 정답 문단으로 얻는 것의 {share}로, 우연이라 보기 어렵습니다. 정답 문단을 확인해 보세요."),
    "measured.efficiency.oracle_not_better": (
        "The gold passages do not help this model beyond chance, so how much of it retrieval brings is not defined.",
        "정답 문단을 주어도 이 모델에 뚜렷한 도움이 되지 않아, 검색이 그 가운데 얼마를 얻는지는 말할 수 없습니다."),
    "measured.gap": (
        "With the documents it closes {share} of the gap to the reference model.", "문서와 함께라면 기준 모델과의 차이를 {share} 메웁니다."),
    "measured.gap.beyond_reference": (
        "With the documents it closes {share} of the gap to the reference model: it goes beyond it.",
        "문서와 함께라면 기준 모델과의 차이를 {share} 메워, 기준 모델을 넘어섭니다."),
    "measured.gap.hurt": (
        "Retrieval hurt: the gap to the reference model grew ({share}).", "검색이 해로워 기준 모델과의 차이가 더 벌어졌습니다({share})."),
    "measured.gap.reference_not_better": (
        "The gap to the reference is not defined: alone, the reference is not better beyond chance.",
        "기준 모델과의 차이는 말할 수 없습니다. 기준 모델만으로 답한 것이 뚜렷이 더 낫지 않습니다."),
    "measured.ceiling": ("Perfect retrieval would close {share} of it.", "검색이 완벽하다면 {share}를 메울 수 있습니다."),
    "measured.at_chance": (
        "Alone, the model is not better than guessing.", "모델만으로는 찍는 것보다 나을 것이 없습니다."),
    "error.measure_no_corpus": ("Say which corpus to measure, with --corpus NAME.", "측정할 문서 모음을 --corpus 이름으로 지정해 주세요."),
    "error.numbers": ("“{typed}” is not a list of whole numbers such as 512,2048.", "“{typed}”은(는) 512,2048처럼 쉼표로 나눈 정수가 아닙니다."),
}
