"""By which words a sentence shows that it asks for something: questions and requests, English and Korean. Pure."""

import re

# What is said out of politeness and asks for nothing.
POLITE = re.compile(
    r"""\b(?:please|kindly)\ (?:note|find|see\ (?:the\ )?attached|be\ (?:aware|advised|informed)|accept|understand|excuse|forgive|bear\ with|
    (?:do\ not|don['’]t)\ hesitate|feel\ free|consider\ the\ environment|refer\ to\ the\ attached)\b|\bhow\ are\ you\b|\bhow['’]?s\ it\ going\b
    |\bhope\ (?:you|this|all)\b.{0,40}\bwell\b
    |안녕하(?:세요|십니까|신가요|신지요)|(?:잘|별고\ 없이|건강히)\ ?(?:지내|계시)\S*|수고\S*(?:세요|십시오|바랍니다)|(?:되|보내|지내|계)(?:세요|십시오|시기\ 바랍니다|시길\ 바랍니다)
    |(?:행복|건강|평안|무탈)\S*(?:세요|십시오|바랍니다)
    |(?:양해|이해|너그러\S*|관심|성원|참고|협조에\ 감사|잘)(?:를|을)?\ ?(?:부탁|바랍|바라|하시기\ 바랍|하여\ 주시기\ 바랍|해\ ?주시기\ 바랍)\S*""",
    re.IGNORECASE | re.VERBOSE)
REQUEST = re.compile(
    r"""\bplease\b|\bpls\b|\bplz\b|\bkindly\b|\b(?:could|can|would|will|may)\ (?:you|someone|somebody|anyone|one\ of\ you|i\ ask\ you|we\ ask\ you|i\ have|we\ have)\b
    |\bwould\ you\ mind\b|\b(?:i|we)(?:['’]d|\ would)?\ (?:really\ |very\ much\ |greatly\ )?appreciate\ (?:it\ )?if\b|\bi['’]d\ be\ grateful\b|\bwould\ be\ grateful\b
    |\b(?:i|we)\ (?:ask|need|want|require|request|would\ like|['’]d\ like)\ (?:that\ )?(?:you|everyone|all\ of\ you|each\ of\ you)\b
    |\blet\ (?:me|us)\ (?:know|have)\b|\b(?:do\ not|don['’]t|please)\ forget\b|\bremember\ to\b|\bmake\ sure\b|\bensure\ that\ you\b|\byou\ (?:must|need\ to|have\ to|are\ asked\ to|are\ requested\ to)\b
    |부탁\ ?(?:드립|드려|드릴|드리|합니|해요|하겠|할게|좀|이\ ?있)|부탁[.!)]?$
    |(?:주|두|놓|해|봐|보내|알려|하|확인하|제출하|회신하|바)(?:세요|십시오|셔요|시오|시겠어요|시겠습니까|시겠어|실래요)|(?:기|길)\ ?(?:를\ )?(?:바랍|바라겠|바라며|바라고|바람)
    |주시?면\ (?:감사|고맙|좋|됩|되겠|돼)|주셨으면|주실\ 수\ (?:있|없)|줄\ 수\ (?:있(?:나|을까|으|습니까|어|는지)|없(?:나|을까|습니까|어))|주시길|줘(?:요|라)?[.!?~]*$
    |요청\ ?(?:드립|드려|합니다|드리|하니)|(?:회신|답변|확인|제출|검토|연락|처리|조치)\ ?(?:바랍|바람|요망|부탁|요청)|해야\ (?:합니다|해요|하며|하니)|[가-힣]\ ?주시고
    |(?<![가-힣])(?:요망|요함)[.)]?$""", re.IGNORECASE | re.VERBOSE)
QUESTION = re.compile(
    r"""[?？][)\]"'”’*_!]*$|(?:까요|나요|습니까|ㅂ니까|입니까|합니까|됩니까|십니까|는가요|은가요|인가요|던가요|는지요|은지요|을지요|ㄹ지요|을까|ㄹ까|할까|될까)[.…~!]*$
    |(?:는지|은지|을지|인지|ㄹ지|할지|될지)(?:도|가|를)?\ (?:궁금|문의|여쭙|묻|알고\ 싶|확인\ ?부탁|알려|회신|답변|말씀)
    |^(?:i|we)\ (?:wonder|was\ wondering|were\ wondering)\b""", re.IGNORECASE | re.VERBOSE)
# Requests for nothing but words, which documents may hold.
TO_KNOW = re.compile(
    r"""\b(?:let\ (?:me|us)\ know|tell\ (?:me|us)|explain|inform|clarify|advise|remind\ (?:me|us)|confirm\ (?:whether|if|what|when|how|that)|find\ out|look\ up
    |what|when|where|which|who|whose|why|how|whether)\b
    |(?:알려|말씀|설명|안내|답변|가르쳐|회신)(?:해|하여|\ )?\ ?(?:주|드|부탁|바라|바랍)|문의|궁금|언제|얼마|어떻게|어디|무엇|뭔지|누가|몇|왜|는지|은지|인지|을지|가능한가|있나|되나""",
    re.IGNORECASE | re.VERBOSE)


def asks(text: str) -> bool:
    """Whether a sentence asks or requests something."""
    return requests(text) or questions(text)


def requests(text: str) -> bool:
    """Whether a sentence wants something done: `Could you sign it?`, `확인 부탁드립니다.`"""
    return bool(REQUEST.search(POLITE.sub(" ", text)))


def questions(text: str) -> bool:
    """Whether a sentence wants to know something: `When do you ship?`, `언제 보내나요`."""
    return bool(QUESTION.search(text)) and bool(re.search(r"\w\W+\w|[가-힣]{2}", POLITE.sub(" ", text)))


def asks_to_know(text: str) -> bool:
    """Whether words can answer a question or request: `Could you tell me the price?`, not `Could you sign it?`"""
    return bool(TO_KNOW.search(text)) or (questions(text) and not requests(text))
