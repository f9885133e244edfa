"""Words that praise and words that complain, written for what customers write about products and services. Pure.

English entries are whole words; a final * stands for any ending. Korean entries are beginnings of words and of their endings:
regular expressions over Hangul. The longest entry at a place counts.
"""

ENGLISH: dict[float, str] = {
    1.0: (
        "good great excellent amazing awesome fantastic wonderful perfect* superb outstanding brilliant lovely love loves loved loving like liked "
        "likes enjoy* nice nicely best better favorite favourite happy happier glad pleased pleasant* satisf* delight* impress* recommend* helpful friendly "
        "polite courteous kind attentive professional efficient prompt* quick quickly fast faster speedy easy easier easily simple smooth* "
        "comfortable comfy convenient handy useful reliable durable sturdy solid strong clean neat tidy fresh tasty delicious yummy flavorful flavourful juicy "
        "tender crisp beautiful* pretty gorgeous stylish elegant attractive cute cool fun funny hilarious entertaining interesting exciting excited incredible "
        "incredibly fabulous terrific magnificent marvelous marvellous stunning phenomenal flawless* seamless* superior "
        "worth worthy bargain affordable inexpensive reasonable reasonably generous thank thanks thankful grateful appreciate* bonus "
        "works worked working charm gem treat winner masterpiece memorable moving touching charming clever classic joy warm welcoming accommodating compliment* hit divine "
        "knowledgeable responsive accurate* clear crystal quiet lightweight light well improved improvement correctly promised smart spot-on "
        "pleasure must-have must-see 10/10 5-star thumbs-up wow yay yum plus pros positive spacious cozy cosy bright vibrant rich smoothly effortless* "
        "intuitive versatile compact secure safe trust* honest authentic legit outdid exceed* beyond adorable underrated refreshing "
        "👍 😊 😍 ❤ 😀 😃 😄 🙂 🥰 🎉 :) :-) :d"),
    -1.0: (
        "bad badly worse worst terrible terribly horrible horribly awful awfully poor poorly disappoint* dissatisf* unsatisf* unhappy hate hated hates dislike* "
        "annoy* frustrat* irritat* angry upset furious rude impolite unprofessional unfriendly unhelpful incompetent lazy ignorant ignored careless sloppy "
        "slow slowly slower late delay* wait waited waiting hours missing lost wrong incorrect* mistake* error* bug* buggy glitch* crash* freez* froze frozen broke broken break "
        "breaks breaking damage* defect* fault* flaw* fail* failure useless worthless pointless unusable junk garbage trash crap crappy cheaply flimsy "
        "fragile weak loose leak* crack* scratch* stain* dirty filthy gross disgust* nasty smell* smelly stink* stank stale rotten cold soggy bland tasteless "
        "flavorless flavourless overcooked undercooked dry burnt salty greasy expensive overpriced pricey costly rip-off ripoff scam* fraud cheat* lied lie lies mislead* deceptive "
        "waste* wasted regret* avoid refund* return* returned returning complain* complaint* problem* issue* trouble* difficult* hard confus* complicated complex "
        "unclear noisy loud uncomfortable inconvenient painful pain hurt* tight bulky heavy ugly boring bored dull lame stupid dumb ridiculous silly "
        "nonsense predictable pathetic mess messy unacceptable unreliable inconsistent inferior mediocre underwhelm* lack* lacking lacks insufficient incomplete "
        "overrated sad sadly unfortunately sorry shame* insult* embarrass* disgrace* atrocious appalling dreadful abysmal subpar sucks suck sucked sucky "
        "died dies dead stopped stops dropped drops disconnect* unable impossible inaccurate outdated died fiddly flickers rattles rusty dented chipped torn "
        "nightmare ruined ruin spoil* unpleasant unsafe danger* hassle nuisance con cons negative minus downside drawback disconnected stuck jam* "
        "sick vomit* hair overflow* unresponsive neglect* forgot forgotten never-ending screwed blows weird elsewhere crappiest remorse cancel* charged overcharged double-charged denied refuse* "
        "apalling disapoint* dissapoint* horrid cringe tedious shallow cliche* unfunny unbelievable uninspired amateurish wooden sloppy "
        "👎 😡 😠 😞 😢 😭 🙁 💩 :( :-( :/"),
    0.5: "ok okay decent fine fair adequate acceptable enough again cheap cheaper new big huge surprised surprisingly quality definitely highly absolutely keep",
    -0.5: "but however only except instead why too nothing nobody nowhere barely hardly supposed tried try money replace* replacement repair* old small tiny short away return",
}
# Stretches that mean another thing than their words; looked for first.
ENGLISH_PHRASES: tuple[tuple[str, float], ...] = (
    (r"would (?:not|never) (?:\w+ )?recommend|(?:not|never|n[o']t|cannot|can't) recommend", -2),
    (r"(?:could|should|would|might|can) (?:\w+ )?(?:have been |be |work |do |use )?(?:\w+ )?(?:better|faster|nicer|cheaper|improved|improvement)", -1.5),
    (r"would (?:be|have been) (?:nice|great|good|perfect|lovely|helpful)", -1), (r"i wish|wish (?:it|they|there|the)|if only|hop(?:ed|ing) for", -1.5),
    (r"not? (?:a )?(?:big |single |any )?(?:problems?|issues?|complaints?|trouble|hassle|flaws?|faults?)|without (?:any |a )?(?:problems?|issues?|trouble|hassle)", 1.5),
    (r"(?:can(?:'t|not)|could(?:n't| not)) (?:complain|fault|be (?:happier|better)|ask for more|go wrong|stop|wait|beat)", 2),
    (r"never (?:fails?|disappoints?|let (?:me|us) down)|no (?:regrets?|brainer)|nothing (?:bad|wrong)|hard to beat|second to none", 2),
    (r"far from|anything but|nothing (?:special|great|good)|not worth|isn't worth|waste of", -2), (r"stay(?:ed)? away|steer clear|beware|never again|won't be back|not (?:be )?(?:going|coming) back|never (?:be )?(?:go|going|come|coming|return|returning|buy|order|use|eat)\w*(?: \w+)* (?:back|again|here)?", -2),
    (r"(?:do not|don't|dont) (?:buy|bother|waste|go|order|use|purchase|get|expect)", -2), (r"(?:doesn't|does not|don't|do not|didn't|did not|won't|will not|not|never|stopped|quit|stops) (?:even )?(?:work|function|charge|fit|hold|last|turn|stay|load|open|start|respond|arrive|answer|come)\w*", -1.5),
    (r"(?:will|'ll|would|definitely|going to) (?:definitely |certainly |absolutely )?(?:be back|come back|return|buy (?:it |this |one |them )?again|order (?:from \w+ )?again|go back|use again|be going back|recommend)", 2),
    (r"too (?!good|nice|kind|happy|great)\w+", -1), (r"not (?:so|very|that|too|all that|as|at all|the|really|quite|exactly|particularly) (?:good|great|\w+ as)", -1.5),
    (r"not (?:too )?bad|not half bad|pretty good|well (?:made|done|built|packaged|worth|written|acted)|good value|value for money|great (?:deal|price|value)", 1.5),
    (r"used to be|supposed to|instead of|only (?:lasted|worked)|at best|at all|no (?:longer|way|one|idea|response|reply|answer|help|sense|support|instructions?)|zero stars?|one star|half the|went wrong|fell (?:apart|off)|falls? (?:apart|off)|came (?:off|apart)|(?:let|lets) down|gave up", -1),
    (r"like new|like it|feels? like|look(?:s|ed)? like|taste(?:s|d)? like|sound(?:s|ed)? like|seem(?:s|ed)? like|something like|like (?:a|an|the|this|that|i|you|we|it's)\b", 0),
    (r"five stars?|5 stars?|10 (?:out of|/) 10|top notch|first class|on time|hats off|keep it up|keep up|spot on|as (?:described|expected|advertised|promised)|exactly what", 1.5),
    (r"love to|like to|liked to|would like|kind of|sort of|as well|well as|as good as it gets|good luck|for good|pretty (?=\w)|cool down|working on|worked on|works? (?:for|at|there|with them)\b", 0),
)
NEGATORS = frozenset("not no never none neither nor cannot without hardly barely scarcely lack lacks lacked isn't wasn't aren't weren't don't doesn't didn't won't wouldn't can't "
                     "couldn't shouldn't hasn't haven't hadn't ain't isnt wasnt arent dont doesnt didnt wont wouldnt cant couldnt shouldnt hasnt havent aint n't nothing".split())
REACH = 3  # words before a word within which a negation turns it

KOREAN: dict[float, str] = {
    1.0: (
        "좋|조아|조으|조쿠|굿|굳굳|짱|최고|만족|추천|강추|감사|고맙|고마|예쁘|예뻐|예쁜|예쁨|예쁩|이쁘|이뻐|이쁜|이쁨|이쁩|맛있|맛나|맛잇|마싯|존맛|꿀맛|편하|편해|편한|편함|편합|편리|편안|간편|"
        "빠르|빨라|빨랐|빠른|빠릅|빠름|친절|저렴|가성비|튼튼|깔끔|깨끗|부드럽|부드러|훌륭|완벽|재밌|재미있|재미난|재밋|잼있|잼나|꿀잼|유잼|감동|대박|마음에 들|맘에 들|마음에 드|맘에 드|마음에 듭|맘에 듭|맘에듭|마음에듭|맘에들|맘에드|마음에들|마음에드|"
        "유용|든든|꼼꼼|신선|푸짐|넉넉|촉촉|순하|순해|순한|재구매|또 구매|또 사|또 살|또 주문|또 시킬|또 올|다시 찾|재주문|재방문|아름답|아름다|사랑스|사랑합|사랑해|즐겁|즐거|행복|고급|탄탄|가볍|가벼|조용하|조용해|조용한|시원하|시원해|시원한|따뜻|따듯|"
        "선명|뛰어나|뛰어난|착한 가격|착하|착해|알차|알찬|기대 이상|기대이상|기대보다 좋|안심|안전하|안전해|정확하|정확해|명작|수작|걸작|띵작|여운|몰입|웃기|웃겼|웃음|멋지|멋있|멋진|멋져|감탄|소장|인생작|인생영화|훈훈|귀엽|귀여|세련|"
        "고소|바삭|쫄깃|담백|달콤|향긋|상큼|쾌적|친근|유쾌|통쾌|흥미|탁월|실용|효과|합리적|가심비|알맞|적당|딱 맞|딱맞|잘 맞|잘맞|잘 어울|잘어울|잘 쓰|잘쓰|잘 사용|잘사용|잘 먹|잘먹|잘 받|잘받|잘 샀|잘샀|잘 산|잘 되|잘되|잘 나오|잘나오|잘 만든|잘만든|잘 봤|잘봤|잘 보|"
        "잘 입|잘입|잘 신|잘 신을|잘 해|잘해|잘 왔|잘돼|잘 돼|잘 들려|잘들|잘 들|스며들|잘 도착|빨리 왔|빨리 도착|빨리 받|빨리 배송|금방 왔|금방 도착|바로 왔|든든|포근|보들|폭신|푹신|산뜻|개운|믿고|믿음|믿을|신뢰|성공|기분 좋|뿌듯|놀랍|놀라운|신기|대단|센스|정성|배려|"
        "흡족|강력추천|적극추천|대만족|굿굿|쏘굿|베스트|퀄리티|예술|눈물|슬프|뭉클|가슴 아프|가슴이 먹먹|찡하|찡한|설레|반했|반함|빠져들|최애|역대급|레전드|훌륭|꿀템|갓|♥|❤|👍|😊|😍|\\^\\^|ㅎㅎ"),
    -1.0: (
        "별로|최악|실망|불만|불편|불친절|불쾌|나쁘|나빠|나쁜|나쁨|나쁩|아쉽|아쉬|비싸|비싼|비쌈|비쌉|느리|느려|느린|느림|느립|늦|지연|망가|고장|부서|깨져|깨진|깨지|깨졌|찢어|찢긴|찢겨|터져|터지|터졌|파손|불량|하자|결함|오류|에러|버그|먹통|튕기|튕겨|렉이|렉 걸|"
        "환불|반품|짜증|화나|화가 나|화남|열받|열 받|쓰레기|쓰렉|버렸|버려|버릴|버립|돈 아깝|돈아깝|아깝|아까|후회|속았|속은|속았|사기|냄새|지저분|더럽|더러|시끄|소음|불안|위험|아프|아파|따갑|따가|가렵|가려|트러블|부족|모자라|답답|복잡|어렵|어려|힘들|힘드|"
        "비추|미추천|안좋|안 좋|지루|노잼|재미없|재미 없|재미가 없|재미도 없|졸리|졸려|졸았|졸음|유치|뻔한|뻔하|뻔했|억지|발연기|시간 낭비|시간낭비|낭비|망작|망했|망한|쓸모없|쓸모 없|쓸데없|형편없|엉망|엉성|허접|조잡|싸구려|대충|성의없|성의 없|무성의|무례|"
        "누락|빠져있|빠져 있|빠졌|틀리|틀렸|다르네|다르다|달라요|달라서|다릅|달랐|번지|번져|번짐|들뜨|들떠|뭉치|뭉쳐|벗겨|벗겨지|떨어져|떨어졌|떨어지|갈라|변색|보풀|늘어나|늘어났|줄어들|얇아|얇네|얇고|약하|약해|텁텁|느끼|비린|비려|비릿|싱겁|싱거|짜요|짜서|맵|매워|상했|상한|썩|곰팡|벌레|머리카락|"
        "실패|미흡|의심|개선|시정|불가|못쓰|못 쓰|못씀|못하|못 하|못해|못 먹|못 느|못느|기스|손아퍼|아퍼|안할|안 할|못먹|못 입|못입|못 보|못보|못 받|못받|안 와|안와|안옴|안 옴|안 오|안오|안 되|안되|안 돼|안돼|안됨|안 맞|안맞|안 사|안사|안 나|안나|안 들|안들|말라|마세요|마시길|말고|마십|하지마|사지마|사지 마|보지마|보지 마|절대|제발|"
        "면 좋겠|으면 합니다|으면 해요|었으면|했으면|됐으면|바랍니다|바래요|거품|허무|허망|식상|진부|산만|어설|어색|뜬금|막장|억울|황당|어이|당황|이상하|이상해|이상한|이해가 안|이해 안|이해불가|끔찍|괴롭|무서워서|역겹|토나|토 나|구리|구려|구림|후지|후져|후짐|꽝|그닥|그다지|그저그|그저 그|그냥 그|"
        "오래 걸|오래걸|한참|기다리|기다렸|기다려|무책임|책임|거짓|과장|과대|광고랑|광고와|떡칠|뻑뻑|뻣뻣|딱딱|거칠|까끌|끊기|끊겨|끊김|헐렁|헐거|흔들|삐걱|누수|새요|샜|새서|새네|샙니|녹슬|녹이|긁힌|긁혀|스크래치|찌그러|휘어|구겨|오염|얼룩|눅눅|질기|질겨|말랐|마른|식었|식어|차갑|미지근|"
        "ㅡㅡ|ㅠㅠ|ㅜㅜ|ㅠ|ㅜ|헐|어휴|에휴|휴\\.|쯧|으휴|하아|하\\.\\.|개뿔|젠장|시발|ㅅㅂ|병맛|쓰릭|평점알바|알바|평점 조작|조작|도배|짜집기|짝퉁|가짜|중고|사용감|유통기한|환장|스트레스|불신|부실|빈약|난해|무미건조|지친|피곤|노답|최하|0점|1점|빵점|별점|점도 아깝|반개|마이너스|👎|😡|😞"),
    -0.6: "안 |안(?=[가-힣]{1,3}(?:요|다|네|아|어|고|지))|못 |왜|겨우|고작|없어|없네|없고|없습|없다|없음|없는|없이|너무 (?:작|짧|크|얇|두껍|무겁|짜|맵|달|적|비싸|느|늦|진|약|어둡|밝|길|가벼)|작아|작네|작은데|적어|적네|짧아|짧네|무겁|무거|좁|뿐|인데도|줄 알았|생각보다 (?:작|크|무|얇|별|안|못|짧|약|적)|그런데|근데|하지만|않",
    0.4: "괜찮|괜춘|무난|나름|볼만|볼 만|쓸만|쓸 만|먹을만|먹을 만|기대|꾸준|항상|역시|완전|ㅋㅋ|!!|~~|싸고|싸게|싸요|재미|따로|덕분|선물",
}
KOREAN_PHRASES: tuple[tuple[str, float], ...] = (
    (r"(?:문제|이상|불편|불편함|하자|냄새|트러블|자극|걱정|부담|소음|흠|단점|불만|부족함|손색|실망|후회|아쉬움|지루할 틈|군더더기|더할 나위|나무랄 데|흠잡을 데)(?:이|가|도|은|는|은 전혀|이 전혀|가 전혀)?\s?(?:하나\s?)?(?:전혀\s?)?(?:없|안\s?나|안\s?들|안\s?생)", 1.5),
    (r"(?:아깝지|나쁘지|지루하지|비싸지|무겁지|불편하지|질리지|어렵지|밀리지|끊기지|무섭지|부족하지|늦지|느끼하지|짜지|맵지|비리지|떨어지지|시끄럽지|두껍지|질기지)(?:도|는|가)?\s?(?:않|안)", 1.2),
    (r"(?:안|않)\s?(?:아깝|아프|아파|비싸|비리|질리|질려|깨지|무겁|불편|지루|짜고|느끼|시끄|끊|늦|맵|어렵|끈적|따가|가렵|흔들|미끄|번지|갈라|벗겨|떨어|새)", 1.2),
    (r"(?:더|좀|조금|조금만|좀만)\s?[가-힣]{1,6}(?:으면|면|었으면|였으면|했으면)\s?(?:좋|합|해|하)", -1.5), (r"(?:으면|였으면|었으면|했으면|하면|되면|이면|라면)\s?(?:더\s?)?(?:좋겠|좋을\s?(?:것|거|텐|듯)|합니다|하네|해요|싶)", -1.5),
    (r"(?:좋|예쁘|이쁘|맛있|편하|재밌|재미있|만족|추천|빠르|친절|부드럽|튼튼|깔끔|신선|감동|괜찮|대단)[가-힣]{0,3}?(?:지|진|질|치)(?:는|도|가|를)?\s?(?:않|못|안)", -2),
    (r"(?:안|못|별로)\s?(?:좋|예쁘|이쁘|예뻐|이뻐|맛있|편하|편해|재밌|친절|추천|깔끔|빠르|어울|부드)", -2), (r"(?:추천|권)(?:은|는|을)?\s?(?:못|안|하지\s?않|드리지)", -2),
    (r"불만족|만족(?:스럽|하|도)?지?\s?(?:못|않)|비추천|비추|미추천|불친절|맛없|맛이 없|맛도 없|멋없|재미없|성의없|실속없|쓸모없", -2),
    (r"(?:왜|누가|뭐가|어디가|뭘)\s?[가-힣 ]{0,8}(?:좋|재밌|재미있|추천|만족|최고|맛있|칭찬|명작|감동)", -1.5), (r"(?:최고|좋|만족|추천)[가-힣]{0,4}(?:라고|라는|다는|다길래|대서|다고|다해서|라길래|라더니|다더니)", -0.5),
    (r"(?:다시는|두 번 다시|두번다시|절대|다신)\s?[가-힣 ]{0,6}(?:안|않|못|말|마|비추|금지|싫)", -2), (r"(?:기대)[가-힣]{0,3}\s?(?:보다|이하|만큼|했는데|했지만|하지|하고\s?봤는데|에\s?못)", -1.2),
    (r"기대\s?이상|기대보다\s?(?:좋|훨|더|재밌|괜)|생각보다\s?(?:좋|괜|빨|예|이|맛|훨|튼|편|재|크고)", 1.5), (r"싫(?!증)", -1.5), (r"웃기지도|웃음도 안|웃기는\s?소리|비웃|쓴웃음|실소", -1.5), (r"효과(?:가|는|도)?\s?(?:없|모르|못|별|미미)", -1.5),
    (r"(?:믿|신뢰)[가-힣]{0,3}\s?(?:없|못|안)", -1.5), (r"최고(?:의)?\s?(?:쓰레기|망작|단점|실망)", -2), (r"(?:참|정말|진짜)\s?안타깝|안타까", -1),
)
TURNED = r"^[가-힣]{0,3}?(?:지|진|질|치)(?:는|도|가|를)?\s?(?:않|못|안|아니)"  # behind a word: 좋지 않아요
TURNING = r"(?:안|못|별로|전혀|그닥|그다지)\s?$"  # before it
