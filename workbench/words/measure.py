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
    "error.run_changed_reference": (
        "Run {run} cannot go on: the file of answers it compares with is not the same any more; measure anew, or put the file back.",
        "{run} 측정을 이어 할 수 없습니다. 비교할 답 파일이 그때와 달라졌습니다. 새로 측정하거나 파일을 되돌려 주세요.",
    ),
    "error.run_changed_model": (
        "Run {run} cannot go on: the file of model {model} is not the same any more; measure anew, or put the file back.",
        "{run} 측정을 이어 할 수 없습니다. {model} 모델의 파일이 그때와 달라졌습니다. 새로 측정하거나 파일을 되돌려 주세요.",
    ),
    "error.reference_wrong": (
        "{name}, {place}: {why}. Answers to compare with are lines of JSON with “id” and “answer”; correct it and measure again.",
        "{name}, {place}: {why}. 비교할 답은 “id”와 “answer”가 있는 JSON 줄이어야 합니다. 고쳐서 다시 측정하세요.",
    ),
    "remark.reference_row": ("“id” and “answer” have to be texts", "“id”와 “answer”는 글이어야 합니다"),
    "error.questions_wrong": ("{name}, {place}: {why}. Correct it and measure again.", "{name}, {place}: {why}. 고쳐서 다시 측정하세요."),
    "error.resume_plan": (
        "--plan is for a new measurement; a run that is gone on with does what it was begun with.",
        "--plan은 새 측정에 쓰는 것입니다. 이어 하는 측정은 시작할 때 정한 대로 합니다."),
    "error.figures_unwritable": (
        "The report cannot be written to {path} ({why}). The answers are kept: choose another place with runs show {run} --out.",
        "{path}에 보고서를 저장할 수 없습니다({why}). 답은 보관되어 있으니 runs show {run} --out으로 다른 곳을 고르세요."),
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
        "Of {n} {n:question|questions} the model alone answers {alone}, with your documents {together}.",
        "질문 {n}개 가운데 모델만으로는 {alone}개, 문서와 함께는 {together}개에 맞게 답했습니다.",
    ),
    "measured.headline_best": (
        "Of {n} {n:question|questions} the model alone answers {alone}, with your documents {together}; the best sentence of the documents, without any model, {best}.",
        "질문 {n}개 가운데 모델만으로는 {alone}개, 문서와 함께는 {together}개에 맞게 답했습니다. 모델 없이 문서에서 고른 문장에는 {best}개의 답이 들어 있습니다.",
    ),
    "measured.unread": (
        "This model cannot read {language}. It was not asked: what is measured is what retrieval finds and the best sentence.",
        "이 모델은 {language}를 읽지 못합니다. 그래서 모델에는 묻지 않고, 검색 결과와 가장 알맞은 문장만 쟀습니다."),
    "measured.unread_best": (
        "Of {n} {n:question|questions} the best sentence of the documents, without any model, answers {best}.",
        "질문 {n}개 가운데 모델 없이 문서에서 고른 문장에 {best}개의 답이 들어 있습니다.",
    ),
    "measured.not_compared": (
        "What retrieval is worth takes two lanes, “model alone” and “with documents”.", "검색의 값어치를 말하려면 “모델만”과 “문서와 함께” 두 가지로 답해야 합니다."),
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
        "A pilot of {n} {n:question|questions}: too few to say whether retrieval helps ({lift} points).",
        "질문 {n}개로 한 시험 측정이라 검색이 도움이 되는지 말하기에는 모자랍니다({lift}%p)."),
    "measured.none_right": ("No answer is right with the documents.", "문서와 함께 맞힌 답이 없습니다."),
    "measured.closed_zero": (
        "Alone it answers none: whatever is right with the documents ({right} in all) came from them.",
        "모델만으로는 하나도 맞히지 못했습니다. 맞힌 {right}개는 모두 문서에서 나왔습니다."),
    "measured.supplied": (
        "Of the {right} right answers with the documents, {rescued} could not be given without them: {share}.",
        "문서와 함께 맞힌 {right}개 가운데 {rescued}개는 문서 없이는 맞히지 못한 답입니다: {share}."),
    "measured.harm": (
        "Of the {alone} that were right alone, {harmed} became wrong with the documents: {share}.",
        "모델만으로 맞힌 {alone}개 가운데 {harmed}개가 문서 때문에 틀렸습니다: {share}."),
    "measured.harm_unknown": (
        "Right alone: {alone}, and {harmed} of these became wrong with the documents: too few for a harm rate.",
        "모델만으로 맞힌 것이 {alone}개뿐이고 그 가운데 {harmed}개는 문서와 함께 틀렸습니다. 비율을 말하기에는 모자랍니다."),
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
    # the views of a run
    "measured.lane.closed": ("model alone", "모델만"),
    "measured.lane.rag": ("with documents", "문서와 함께"),
    "measured.lane.extract": ("best sentence", "가장 알맞은 문장"),
    "measured.lane.oracle": ("gold passage", "정답 문단"),
    "measured.lane.noise": ("wrong passages", "답 없는 문단"),
    "measured.lane.mixed": ("share of noise", "답 없는 문단의 비율"),
    "measured.lane.counter": ("false passage", "거짓 문단"),
    "measured.lane.position": ("gold passage in place", "정답 문단의 자리"),
    "measured.lane.stuffed": ("whole document", "문서 통째로"),
    "measured.lane.shuffled": ("others' passages", "다른 질문의 문단"),
    "measured.lane.again": ("alone, again", "모델만, 다시"),
    "measured.lane.closed_large": ("reference alone", "기준 모델만"),
    "measured.window": ("window {window}", "창 {window}토큰"),
    "measured.kept": ("kept: right both times", "유지: 둘 다 맞음"),
    "measured.rescued": ("rescued by the documents", "구함: 문서 덕분에 맞음"),
    "measured.harmed": ("harmed by the documents", "해침: 문서 때문에 틀림"),
    "measured.missed": ("missed: wrong both times", "놓침: 둘 다 틀림"),
    "measured.mcnemar": (
        "McNemar's exact test of rescued against harmed: p {p}, corrected for their number where several models or windows are measured (Holm).",
        "구한 것과 해친 것의 맥니마 정확 검정: p {p}. 모델이나 창이 여럿이면 그 수에 맞게 보정한 값입니다(홀름)."),
    "measured.title.square": ("What the documents changed", "문서로 달라진 것"),
    "measured.about.square": (
        "Every question, by whether the model answers it alone and with the documents.",
        "질문마다 모델만으로, 또 문서와 함께 맞혔는지를 나누어 셌습니다."),
    "measured.title.lanes": ("Right answers by what is read", "무엇을 읽었는지에 따른 정답"),
    "measured.about.lanes": (
        "Share of questions that are answered right, with 95 % intervals. Below, the other scores: exact match, F1 and length belong together, since long replies contain more by chance.",
        "맞힌 질문의 비율과 95% 구간입니다. 아래 표에는 다른 점수도 있습니다. 긴 답은 우연히 정답을 품기 쉬우니 완전 일치, F1, 길이를 함께 보세요."),
    "measured.title.losses": ("Where answers are lost", "답을 잃는 곳"),
    "measured.about.losses": (
        "Every question in one place: answered; wrong even with the gold passage (not read); else by how far the gold passage came.",
        "질문마다 한 곳으로 나눕니다. 맞힘, 정답 문단을 주어도 틀림(읽지 못함), 그 밖에는 정답 문단이 어디까지 갔는지에 따릅니다."),
    "measured.loss.right": ("answered", "맞힘"),
    "measured.loss.not_retrieved": ("not retrieved", "찾지 못함"),
    "measured.loss.cut": ("cut by the budget", "창에 들어가지 못함"),
    "measured.loss.distracted": ("distracted", "다른 문단에 끌림"),
    "measured.loss.not_read": ("not read", "읽지 못함"),
    "measured.beyond": (
        "{share} are right with what was found though wrong with the gold passage: by luck, or because several passages help.",
        "{share}는 정답 문단으로는 틀렸지만 찾은 문단으로는 맞았습니다. 우연이거나 여러 문단이 도움이 된 경우입니다."),
    "measured.title.controls": ("Can these figures be trusted?", "이 수치를 믿을 수 있나요?"),
    "measured.about.controls": (
        "Two controls run with every measurement.", "측정할 때마다 두 가지를 함께 확인합니다."),
    "measured.control.flips": (
        "Asked again in other company, the model alone changes {share} of its verdicts: that much is noise.",
        "다른 질문들과 묶어 다시 물으면 모델만의 답은 {share}에서 맞고 틀림이 바뀝니다. 그만큼은 잡음입니다."),
    "measured.control.beyond": (
        "Without such flips, rescued {rescued} points of all questions, harmed {harmed}.",
        "그 잡음을 빼면 전체 질문 가운데 구한 것은 {rescued}%p, 해친 것은 {harmed}%p입니다."),
    "measured.control.passed": (
        "Passages of other questions add {excess} points to the model alone (n = {n}): as it should be, nothing beyond chance.",
        "다른 질문의 문단을 주면 모델만일 때보다 {excess}%p 달라집니다(n = {n}). 마땅히 그래야 하듯 우연을 넘지 않습니다."),
    "measured.control.few": (
        "Passages of other questions add {excess} points to the model alone (n = {n}): too few to tell chance from more.",
        "다른 질문의 문단을 주면 모델만일 때보다 {excess}%p 달라집니다(n = {n}). 우연인지 말하기에는 모자랍니다."),
    "measured.control.failed": (
        "Passages of other questions add {excess} points to the model alone (n = {n}): something leaks the answers; do not trust the lift.",
        "다른 질문의 문단만 주어도 모델만일 때보다 {excess}%p 나아집니다(n = {n}). 답이 새고 있으니 검색의 효과를 믿지 마세요."),
    "measured.control.window": (
        "It was made once, at a window of {window} tokens.", "이 확인은 창 {window}토큰에서 한 번 했습니다."),
    "measured.stood_in": (
        "{count} {count:question|questions} came without a gold passage: the best-ranked passage with the answer stands in for it.",
        "질문 {count}개는 정답 문단 없이 들어왔습니다. 답이 든 문단 가운데 검색에서 가장 앞선 것을 정답 문단으로 썼습니다."),
    "measured.uncounted": (
        "{count} more {count:question has|questions have} no known answer and {count:is|are} not counted here; further down {count:it shows|they show} what is refused.",
        "답이 알려지지 않은 질문 {count}개는 여기에서 세지 않았습니다. 아래에서 무엇을 모른다고 하는지 보는 데 씁니다."),
    "measured.title.retrieval": ("What retrieval finds", "검색이 찾는 것"),
    "measured.about.retrieval": (
        "Share of questions with a hit among the first 1, 3, 5 and 10, without any model.", "모델 없이, 앞의 1, 3, 5, 10개 안에서 찾은 질문의 비율입니다."),
    "measured.recall": ("gold document (recall@k)", "정답 문서(recall@k)"),
    "measured.evidence": ("gold passage", "정답 문단"),
    "measured.answer": ("an answer's words", "정답의 낱말"),
    "measured.in_window": ("gold passage in the window of {window}: {share}", "창 {window}토큰 안에 든 정답 문단: {share}"),
    "measured.title.position": ("Where the gold passage stands", "정답 문단의 자리"),
    "measured.about.position": (
        "The gold passage among others without the answer, the last place being next to the question.",
        "답 없는 문단들 사이에 정답 문단을 두었습니다. 마지막 자리가 질문 바로 앞입니다."),
    "measured.ends": ("At the ends it is read better than in the middle by {points} points.", "가운데보다 양 끝에 있을 때 {points}%p 더 잘 읽습니다."),
    "measured.title.noise": ("How much noise it bears", "잡음을 얼마나 견디나"),
    "measured.about.noise": ("Of five passages, a share that holds no answer.", "문단 다섯 가운데 답이 없는 문단의 비율을 늘려 갑니다."),
    "measured.slope": ("From no noise to nothing but noise it changes by {points} points (straight line).", "잡음이 없을 때에서 잡음뿐일 때까지 {points}%p 달라집니다(직선으로 볼 때)."),
    "measured.title.counter": ("After a passage with a false answer", "거짓 답이 든 문단을 읽고"),
    "measured.about.counter": (
        "A model that follows the passage obeys your documents; one that remembers the right answer knew it before.",
        "문단을 따르면 문서에 충실한 모델이고, 바른 답을 말하면 이미 알고 있던 것입니다."),
    "measured.follows": ("says the false answer", "거짓 답을 말함"),
    "measured.remembers": ("says the right answer", "바른 답을 말함"),
    "measured.neither": ("says neither", "둘 다 아님"),
    "measured.title.refusal": ("Where nothing answers", "답이 없는 질문"),
    "measured.about.refusal": (
        "Of what is refused, the share that nothing answers (precision); of what nothing answers, the share that is refused (recall).",
        "모른다고 한 것 가운데 정말 답이 없는 비율(정밀도)과, 답이 없는 것 가운데 모른다고 한 비율(재현율)입니다."),
    "measured.refused_model": ("the model says so", "모델이 모른다고 함"),
    "measured.refused_code": ("code warns", "코드가 경고함"),
    "measured.refused.precision": ("precision", "정밀도"),
    "measured.refused.recall": ("recall", "재현율"),
    "measured.refused_wrongly": ("With the gold passage before it, it refuses {share} all the same.", "정답 문단을 주어도 {share}는 모른다고 합니다."),
    "measured.title.reliability": ("Does its confidence mean anything?", "자신 있는 답이 더 맞나요?"),
    "measured.about.reliability": (
        "Answers in groups of about the same mean token probability; on the dashed line confidence would be right.",
        "토큰 확률의 평균이 비슷한 답끼리 묶었습니다. 점선 위에 있으면 자신감이 실제와 맞습니다."),
    "measured.sureness": ("AUROC {auroc} · expected calibration error {error} · Brier {brier}", "AUROC {auroc} · 기대 보정 오차 {error} · 브라이어 {brier}"),
    "measured.title.cost": ("What accuracy costs", "정확도의 값"),
    "measured.about.cost": ("With documents, a point a model and window.", "문서와 함께 답한 정확도를 모델과 창마다 한 점으로 찍었습니다."),
    "measured.title.sweep": ("How large a window it takes", "창은 얼마나 커야 하나"),
    "measured.about.sweep": ("The same questions with documents at several windows.", "같은 질문을 창 크기를 바꾸어 가며 문서와 함께 물었습니다."),
    "measured.sweep.right": ("right", "정답"),
    "measured.sweep.seconds": ("seconds an answer", "답 하나에 초"),
    "measured.sweep.off": ("points to the best", "가장 나은 것과의 차이(%p)"),
    "measured.smallest": (
        "The smallest window shown to be no worse than the best by 3 points is {window} tokens.", "가장 나은 창보다 3%p 넘게 나쁘지 않다고 볼 수 있는 가장 작은 창은 {window}토큰입니다."),
    "measured.smallest_none": (
        "No window is shown to be within 3 points of the best: that takes more questions.", "3%p 안에 든다고 말할 수 있는 창이 없습니다. 질문이 더 필요합니다."),
    "measured.seconds_each": ("{seconds} s", "{seconds}초"),
    "measured.title.popularity": ("How well known it is what is asked", "묻는 것이 얼마나 알려져 있나"),
    "measured.about.popularity": (
        "What few people speak of a model hardly knows: that is what documents have to supply. Bands of equally many questions, by the "
        "popularity that the questions come with.",
        "사람들이 적게 말하는 것은 모델도 잘 모르므로 문서가 채워 주어야 합니다. 질문에 적힌 인지도 순으로 같은 수씩 나누었습니다."),
    "measured.popularity.slopes": (
        "With every tenfold popularity the odds of a right answer are multiplied by {closed} alone and by {rag} with the documents (n = {n}).",
        "인지도가 열 배가 될 때마다 정답의 승산이 모델만으로는 {closed}배, 문서와 함께는 {rag}배가 됩니다(n = {n})."),
    "measured.popularity.crossing": (
        "By these lines documents help up to a popularity of {known} (interval: from {low} to {high}).",
        "이 선대로라면 인지도 {known}까지 문서가 도움이 됩니다(구간: {low}에서 {high}까지)."),
    "measured.popularity.always": (
        "By these lines documents help at every popularity that was asked.", "이 선대로라면 물은 범위의 모든 인지도에서 문서가 도움이 됩니다."),
    "measured.popularity.never": (
        "By these lines documents help at no popularity that was asked.", "이 선대로라면 물은 범위의 어떤 인지도에서도 문서가 도움이 되지 않습니다."),
    "measured.popularity.may": ("The lines may meet anywhere from {low} to {high}.", "두 선은 {low}에서 {high} 사이 어디서든 만날 수 있습니다."),
    "measured.popularity.below": ("below what was asked", "물은 범위 아래"),
    "measured.popularity.above": ("above what was asked", "물은 범위 위"),
    "measured.popularity.limit": (
        "Reading documents only up to a popularity of {limit}, which is best on one half of the documents, changes the right answers on the other "
        "half by {points} points (n = {n}); documents are then read for {read} of the questions.",
        "문서의 절반에서 가장 좋았던 대로 인지도 {limit}까지만 문서를 읽으면, 나머지 절반에서 정답이 {points}%p 달라집니다(n = {n}). 이때 질문의 {read}에 문서를 읽습니다."),
    "measured.popularity.no_limit": (
        "On one half of the documents no limit was better than to read documents for every question.",
        "문서의 절반에서, 어떤 인지도에서 멈추어도 모든 질문에 문서를 읽는 것보다 낫지 않았습니다."),
    "measured.title.topics": ("By tag", "태그별"),
    "measured.about.topics": (
        "What retrieval is worth for the questions of a tag; a question may have several.", "태그별로 본 검색의 값어치입니다. 한 질문에 태그가 여럿일 수 있습니다."),
    "measured.topic.lift": ("difference, points", "차이, %p"),
    "measured.topic.p": ("p (McNemar, Holm)", "p값(McNemar, Holm)"),
    "measured.topic.rare": ("Not shown: {count} with fewer than {least} questions.", "질문이 {least}개보다 적은 태그 {count}개는 보이지 않습니다."),
    "measured.axis.popularity": ("popularity (logarithmic)", "인지도(로그 눈금)"),
    "measured.axis.right": ("right answers", "정답"),
    "measured.axis.slot": ("place of the gold passage", "정답 문단의 자리"),
    "measured.axis.noise": ("passages without the answer", "답 없는 문단"),
    "measured.axis.sure": ("mean probability of the reply's tokens", "답의 평균 토큰 확률"),
    "measured.axis.size": ("size of the model's file, MB", "모델 파일 크기, MB"),
    "measured.axis.seconds": ("seconds an answer", "답 하나에 걸린 초"),
    "measured.axis.memory": ("most memory, MB", "가장 많이 쓴 메모리, MB"),
    "measured.axis.window": ("context window, tokens", "컨텍스트 창, 토큰"),
    "measured.column.right": ("right", "정답"),
    "measured.column.contains": ("contains", "포함"),
    "measured.column.exact": ("exact", "완전 일치"),
    "measured.column.josa": ("exact but for particles", "조사 빼고 일치"),
    "measured.column.f1": ("F1", "F1"),
    "measured.column.content": ("content-word F1", "내용어 F1"),
    "measured.column.nuggets": ("nugget recall", "핵심 재현율"),
    "measured.column.choice": ("choice", "보기"),
    "measured.column.refused": ("refused", "모른다고 함"),
    "measured.column.auroc": ("confidence AUROC", "자신감 AUROC"),
    "measured.column.words": ("words", "낱말"),
    "measured.column.tokens": ("tokens", "토큰"),
    "measured.column.seconds": ("seconds", "초"),
    "measured.column.odd": ("odd", "특이"),
    "measured.flag.empty": ("empty", "빈 답"),
    "measured.flag.echo": ("echoes the prompt", "질문을 되풀이"),
    "measured.flag.refusal": ("refusal", "모른다고 함"),
    "measured.flag.truncated": ("cut off", "잘림"),
    "measured.flag.leak": ("answer leaks", "답이 샘"),
    "measured.failed": ("Answers that could not be made, and are in no figure:", "만들 수 없어 어느 수치에도 넣지 않은 답:"),
    "measured.no_window": ("the prompt does not fit the window", "프롬프트가 창에 들어가지 않습니다"),
    "measured.gold": ("Known answer:", "정답:"),
    "measured.no_answer": ("the documents do not say", "문서에 답이 없음"),
    "measured.choice_made": ("→ choice {number}", "→ 보기 {number}"),
    "measured.choice_none": ("→ near to no one of the choices", "→ 어느 한 보기에 가깝지 않음"),
    "measured.choice_near": (
        "Of several choices, the best sentence picks the one that shares most of its words with it.", "객관식에서는 고른 문장과 낱말이 가장 많이 겹치는 보기를 답으로 봅니다."),
    "measured.exactly": ("exact", "완전 일치"),
    "measured.sure": ("{share} % sure", "확률 {share}%"),
    "measured.mark.yes": ("right", "맞음"),
    "measured.mark.no": ("wrong", "틀림"),
    "measured.mark.none": ("not scored", "점수 없음"),
    "measured.mark.absent": ("empty: not asked, or not yet", "빈칸: 묻지 않았거나 아직"),
    # the report
    "measured.report": ("How much knowledge do the documents replace?", "문서가 모델의 지식을 얼마나 대신하나요?"),
    "measured.report.corpus": ("Documents", "문서 모음"),
    "measured.report.models": ("Models", "모델"),
    "measured.report.made": ("Date", "측정"),
    "measured.report.questions": ("Questions", "질문"),
    "measured.report.answers": ("Answers", "답"),
    "measured.report.run": ("Run", "측정 번호"),
    "measured.report.how": ("How this was measured", "어떻게 측정했나요"),
    "measured.report.how_text_without": (
        "Passages were searched for in the documents for every question, and code picked the sentence that fits it best and compared it with the known "
        "answer. No language model was asked. Numbers in brackets are 95 % intervals: with other questions of the same kind the figure would most likely lie in there.",
        "질문마다 문서에서 문단을 찾고, 코드가 가장 알맞은 문장을 골라 알려진 정답과 견주었습니다. 언어 모델에는 묻지 않았습니다. "
        "괄호 안의 수는 95 % 구간으로, 같은 종류의 다른 질문으로 재어도 수치는 이 안에 있기 쉽습니다."),
    "measured.report.how_text": (
        "A small language model on one computer answered the same questions in several ways: alone, from what it learned before; with passages that "
        "were searched for in the documents; and with the very passage that holds the answer. Code compared each reply with the known answer; no model judged "
        "another. Beside it stands the sentence that code picks from the documents without any model. Numbers in brackets are 95 % intervals: with other questions of "
        "the same kind the figure would most likely lie in there. A difference counts only where its interval says so.",
        "한 컴퓨터에서 돌아가는 소형 언어 모델이 같은 질문에 여러 방식으로 답했습니다. 배운 것만으로 혼자, 문서에서 검색한 문단을 읽고, 답이 든 바로 그 문단을 "
        "읽고 답했습니다. 맞고 틀림은 코드가 정답과 견주어 정했고, 모델이 모델을 채점하지 않았습니다. 모델 없이 코드가 문서에서 고른 문장도 함께 보입니다. 괄호 안은 "
        "95% 구간으로, 비슷한 다른 질문으로 재도 수치가 이 안에 들 가능성이 높다는 뜻입니다. 차이는 구간이 뒷받침할 때만 차이라고 말합니다."),
    "measured.report.left_out": ("Not measured:", "측정하지 않은 질문:"),
    "measured.left.not_alone": ("{count} that no passage answers by itself (follow-ups, questions about everything)", "한 문단만으로는 답할 수 없는 것 {count}개(이어지는 질문, 전체를 묻는 질문)"),
    "measured.left.not_covered": ("{count} whose answers the documents do not hold", "문서에 답이 없는 것 {count}개"),
    "measured.left.limit": ("{count} beyond the number asked for", "정한 개수를 넘는 것 {count}개"),
    "measured.report.unfinished": (
        "This run is not finished: {done} of {total} answers. The figures are over what is there.", "이 측정은 끝나지 않았습니다. 답 {total}개 가운데 {done}개로 낸 수치입니다."),
    "measured.report.marks": ("Marks beside a question, from left to right: {lanes}.", "질문 옆의 표시는 왼쪽부터 {lanes}입니다."),
    "measured.report.every": ("Every question", "모든 질문"),
    "measured.report.reproduce": (
        "Model file SHA-256 {digest} · prompts {prompts} · index {index} · questions {questions}", "모델 파일 SHA-256 {digest} · 프롬프트 {prompts} · 색인 {index} · 질문 {questions}"),
    "measured.report.footer": (
        "Made with RAG workbench. Questions, documents and answers did not leave the computer.",
        "RAG 작업대로 만들었습니다. 질문과 문서와 답은 컴퓨터 밖으로 나가지 않았습니다."),
    "measured.report.file": ("measurement", "측정"),
    "error.run_running": (
        "Run {name} is at work; pause it, or wait until it ends.", "{name} 측정이 진행 중입니다. 잠시 멈추거나 끝나기를 기다려 주세요."),
    # the tab
    "tab.measure": ("Measure", "측정"),
    "measure.local": (
        "The same questions, with and without your documents: how much of what a model does not know can they supply? Runs are kept in {home}.",
        "같은 질문을 문서와 함께, 또 문서 없이 물어 모델이 모르는 것을 문서가 얼마나 채워 주는지 잽니다. 측정 기록은 {home}에 보관됩니다."),
    "measure.leaves": (
        "Leaves this computer: once the run starts, questions and passages are sent to {host}.",
        "이 컴퓨터를 떠납니다: 측정을 시작하면 질문과 문단을 {host}(으)로 보냅니다."),
    "measure.corpus": ("Documents", "문서 모음"),
    "measure.questions": ("{count} {count:question|questions} with known answers", "답을 아는 질문 {count}개"),
    "measure.no_questions": (
        "This corpus has no questions with known answers yet: bring some in or make some.", "이 문서 모음에는 아직 답을 아는 질문이 없습니다. 가져오거나 만들어 주세요."),
    "measure.models": ("Models", "모델"),
    "measure.lanes": ("What is read", "무엇을 읽고 답하나"),
    "measure.windows": ("Context windows in tokens", "컨텍스트 창(토큰)"),
    "measure.reference": ("Reference model, asked alone", "기준 모델(문서 없이 물음)"),
    "measure.none": ("none", "없음"),
    "measure.limit": ("Number of questions (0: all)", "질문 수(0이면 모두)"),
    "measure.reply": ("Tokens for a reply", "답의 최대 토큰"),
    "measure.more_settings": ("More settings", "자세한 설정"),
    "measure.plan": ("What will it take?", "얼마나 걸리나요?"),
    "measure.start": ("Measure", "측정 시작"),
    "measure.pause": ("Pause", "잠시 멈춤"),
    "measure.resume": ("Go on", "이어 하기"),
    "measure.delete": ("Delete this run", "이 측정 지우기"),
    "measure.sure": ("Delete this run with all its answers for good?", "이 측정과 그 답을 완전히 지울까요?"),
    "measure.runs": ("Runs", "측정 기록"),
    "measure.run_label": ("{made} · {corpus} · {questions} {questions:question|questions}", "{made} · {corpus} · 질문 {questions}개"),
    "measure.compare": ("Compare with an earlier run", "이전 측정과 견주기"),
    "measure.report": ("Report as HTML page", "보고서(HTML)"),
    "measure.csv": ("Answers as CSV", "답(CSV)"),
    "measure.jsonl": ("Answers as JSON lines", "답(JSON lines)"),
    "measure.progress": ("{done} of {total} answers · {column}", "답 {total}개 가운데 {done}개 · {column}"),
    "measure.looking": ("looking up", "검색하는 중"),
    "measure.left": (" · about {minutes} min left", " · 약 {minutes}분 남음"),
    "measure.paused": (
        "Not finished: {done} of {total} answers; the figures are over these. It can go on from here.",
        "끝나지 않은 측정입니다. 답 {total}개 가운데 {done}개로 낸 수치이며, 여기서 이어 할 수 있습니다."),
    "measure.empty": (
        "Choose documents with questions and press “Measure”.", "질문이 있는 문서 모음을 고르고 ‘측정 시작’을 누르세요."),
    "measured.more": ("{count} more {count:question is|questions are} not shown here.", "질문 {count}개는 여기에 보이지 않습니다."),
    "measured.none_here": ("No questions.", "질문이 없습니다."),
    "measured.plan_without": ("No call of a model: retrieval and the best sentence alone.", "모델은 부르지 않고 검색과 가장 알맞은 문장만 잽니다."),
    "measured.plan": (
        "{calls} {calls:call|calls} of models ({listed}), about {minutes} min on this computer.", "모델을 {calls}번 부릅니다({listed}). 이 컴퓨터에서 약 {minutes}분 걸립니다."),
    "measured.card": (
        "{n} {n:question|questions} in {language} can tell shares such as {widths} points.", "{language} 질문 {n}개로는 비율을 {widths}%p 정도로 말할 수 있습니다."),
    "measured.card_pairs": (
        "To see a difference of 10 points takes about {ten} questions, one of 5 points {five}.", "10%p 차이를 보려면 질문 {ten}개쯤, 5%p 차이를 보려면 {five}개쯤 필요합니다."),
    "measured.plan_unread": (
        "{model} cannot read {language}: only retrieval and the best sentence are measured.", "{model}은(는) {language}를 읽지 못해 검색과 가장 알맞은 문장만 잽니다."),
}
