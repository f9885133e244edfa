"""The Feedback tab, its report, and the paragraph on top: every figure in it is filled in by code."""

WORDS: dict[str, tuple[str, str]] = {
    # the paragraph on top
    "feedback.sum_read": ("{read} of {rows} rows were read.", "전체 {rows}행 가운데 {read}행을 읽었습니다."),
    "feedback.sum_missed": ("{count} files could not be read.", "파일 {count}개는 읽지 못했습니다."),
    "feedback.sum_empty": ("{count} of them have no words.", "이 가운데 {count}행에는 글이 없습니다."),
    "feedback.sum_same": (
        "{count} repeat an earlier one ({exact} letter for letter, {near} nearly) and are counted with it.",
        "{count}행은 앞의 것과 내용이 같아({exact}행은 똑같고 {near}행은 거의 같음) 함께 셌습니다."),
    "feedback.sum_masked": ("Personal data was taken out in {count} places.", "개인정보 {count}곳을 가렸습니다."),
    "feedback.sum_one": ("All {rows} are in {language}.", "모두 {language}로 쓴 {rows}행입니다."),
    "feedback.sum_language": ("{language} ({rows} rows):", "{language}({rows}행):"),
    "feedback.sum_themes": (
        "The {count} largest of {of} themes are {themes}.", "주제 {of}개 가운데 가장 큰 {count}개는 {themes}입니다."),
    "feedback.sum_all_themes": ("The themes are {themes}.", "주제는 {themes}입니다."),
    "feedback.sum_single": ("The only theme is {themes}.", "주제는 {themes} 하나입니다."),
    "feedback.sum_none": ("No theme stands out.", "두드러진 주제가 없습니다."),
    "feedback.sum_theme": ("“{label}” ({count} rows, {share})", "‘{label}’({count}행, {share})"),
    "feedback.sum_other": ("{count} rows ({share}) say something that fits no theme.", "{count}행({share})에는 어느 주제에도 들지 않는 의견이 있습니다."),
    "feedback.sum_rating": ("The ratings average {mean} on a scale from {least} to {most}.", "평점 평균은 {mean}입니다({least}~{most}점)."),
    "feedback.sum_lowest": ("Lowest rated is “{label}”: {mean}.", "평점이 가장 낮은 주제는 ‘{label}’입니다: {mean}."),
    "feedback.sum_mood": (
        "{negative} complain and {positive} praise, as far as a word list can tell (it was right for {right} of labelled {language} sentences).",
        "낱말 목록으로 알 수 있는 한 불만이 {negative}, 칭찬이 {positive}입니다(정답이 있는 {language} 문장에서 {right}를 맞혔습니다)."),
    "feedback.sum_complaints": ("Complained about most is “{label}”: {share} of its rows.", "불만 비율이 가장 높은 주제는 ‘{label}’입니다: 해당 행의 {share}."),
    "feedback.sum_rising": (
        "“{label}” rose from {before} of the earlier half of the rows to {after} of the later.",
        "‘{label}’ 주제는 앞선 절반의 {before}에서 나중 절반의 {after}로 늘었습니다."),
    "feedback.sum_falling": (
        "“{label}” fell from {before} of the earlier half of the rows to {after} of the later.",
        "‘{label}’ 주제는 앞선 절반의 {before}에서 나중 절반의 {after}로 줄었습니다."),
    "feedback.share": ("{value} %, 95 % interval {low}–{high} %", "{value}%, 95% 구간 {low}~{high}%"),
    "feedback.mean": ("{value}, 95 % interval {low}–{high}", "{value}, 95% 구간 {low}~{high}"),
    "feedback.and": (" and ", "와 "),
    "feedback.other": ("Other", "기타"),
    "feedback.english": ("English", "영어"),
    "feedback.korean": ("Korean", "한국어"),
    "feedback.third": ("another language", "다른 언어"),
    # columns and the run
    "feedback.kind.text": ("comments", "의견"),
    "feedback.kind.rating": ("rating", "평점"),
    "feedback.kind.date": ("day", "날짜"),
    "feedback.kind.group": ("group", "구분"),
    "feedback.kind.other": ("–", "–"),
    "feedback.evidence": (
        "{filled} filled, {distinct} different, {words} words on average", "채워진 칸 {filled}, 서로 다른 값 {distinct}, 평균 {words}낱말"),
    "feedback.evidence_numbers": ("{share} % numbers", "숫자 {share}%"),
    "feedback.evidence_days": ("{share} % days", "날짜 {share}%"),
    "feedback.stage.reading": ("Reading every row", "모든 행을 읽는 중"),
    "feedback.stage.cutting": ("Finding duplicates and cutting into opinions", "같은 내용을 찾고 의견으로 나누는 중"),
    "feedback.stage.embedding": ("Embedding opinions: {done} of {total}", "의견을 임베딩하는 중: {total}개 가운데 {done}개"),
    "feedback.stage.sorting": ("Sorting into themes ({language})", "주제로 묶는 중({language})"),
    "feedback.stage.labels": ("Naming the themes ({language})", "주제에 이름을 붙이는 중({language})"),
    "feedback.stage.naming": ("The model rephrases names: {done} of {total}", "모델이 이름을 다듬는 중: {total}개 가운데 {done}개"),
    # the table of rows
    "feedback.column.row": ("row", "행"),
    "feedback.column.source": ("file", "파일"),
    "feedback.column.text": ("text", "의견"),
    "feedback.column.rating": ("rating", "평점"),
    "feedback.column.day": ("day", "날짜"),
    "feedback.column.group": ("group", "구분"),
    "feedback.column.language": ("language", "언어"),
    "feedback.column.repeats": ("repeats row", "같은 행"),
    "feedback.column.themes": ("themes", "주제"),
}
