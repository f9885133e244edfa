"""What the customers of an invented delivery service wrote, sorted by hand: five themes in each language, for the tests of themes."""

ENGLISH = {
    "delivery": """The parcel arrived three days late
Delivery took nearly two weeks
My parcel came a week after the promised date
The courier delivered the parcel to the wrong address
Late delivery again, the parcel was promised for Monday
The delivery date was moved twice without a word
I waited all day for the courier and no parcel came
Delivery is far too slow
The parcel sat in the depot for five days
Courier left the parcel in the rain
The promised delivery date was missed once more
Tracking said delivered but the parcel was not there
Shipping took forever and the courier never rang
Two parcels arrived late this month""",
    "battery": """The battery is empty after two hours
Battery life is much shorter than advertised
I have to charge the battery every evening
The battery does not hold its charge
It takes all night to charge the battery
After a month the battery swelled up
Battery drains even when it is switched off
The charger gets hot and the battery hardly fills
A full charge lasts me barely half a day
Replacing the battery costs more than the device
The battery indicator jumps from full to empty
Charging stops at eighty percent
The battery died in the middle of a call
Battery life is excellent, one charge lasts a week""",
    "staff": """The staff at the counter were friendly
The lady on the phone was patient and kind
Very polite staff, they helped me right away
The support agent was rude on the phone
Staff in the shop knew everything about it
A friendly young man at the counter helped me out
The agent on the phone hung up on me
Nobody at the counter greeted us, the staff just chatted
Helpful staff, they explained every step
The support agent called me back the same day
Staff were kind to my old mother
The phone agent did not listen at all
I was on hold on the phone for an hour before an agent spoke to me
The shop staff smiled and were helpful""",
    "price": """The price went up by a third this year
Far too expensive for what you get
Good value for the price
I found it cheaper in another shop
The price on the invoice was higher than on the website
Prices are fair
Too expensive compared with other brands
A discount for regular customers would be fair
The price rise came without notice
Paying this price for so little is not worth it
It costs twice as much as elsewhere
The discount code did not lower the price
Cheap and still good value
The monthly price is too high for us""",
    "app": """The app crashes when I open my orders
I cannot log in to the app since the update
The app forgets my password every week
After the update the app freezes on the start screen
The app is easy to use
Logging in to the app takes three attempts
The app logs me out all the time
The new app update lost all my settings
The app shows a blank screen after login
Please bring back the old version of the app
The login code for the app never arrives
The app crashed twice during payment
App notifications cannot be switched off
The search in the app finds nothing""",
}
KOREAN = {
    "delivery": """배송이 사흘이나 늦었어요
배송이 너무 오래 걸립니다
택배가 약속한 날짜보다 일주일 늦게 왔어요
택배 기사님이 다른 집에 두고 갔어요
배송 날짜가 두 번이나 바뀌었습니다
배송 조회에는 도착이라는데 택배가 없어요
하루 종일 택배를 기다렸는데 안 왔어요
배송이 느려서 다음엔 다른 곳에서 살래요
택배 상자가 비에 젖은 채 배송됐어요
새벽 배송인데 낮에 배송됐습니다
배송이 빨라서 좋았어요
택배가 닷새 동안 물류센터에 있었습니다
이번에도 배송이 늦네요
배송 기사님이 전화도 없이 문 앞에 두고 갔어요""",
    "battery": """배터리가 두 시간이면 다 닳아요
배터리 수명이 광고보다 훨씬 짧습니다
매일 저녁 배터리를 충전해야 해요
충전이 밤새 걸립니다
한 달 만에 배터리가 부풀었어요
꺼 두어도 배터리가 줄어듭니다
충전기가 뜨거워지고 배터리가 안 차요
배터리 교체 비용이 너무 비싸요
배터리 잔량 표시가 이상해요
충전이 팔십 퍼센트에서 멈춥니다
통화 중에 배터리가 나갔어요
배터리가 일주일이나 가서 만족해요
충전 단자가 헐거워서 충전이 자꾸 끊겨요
배터리 때문에 외출할 때마다 불안합니다""",
    "staff": """직원분이 정말 친절했어요
상담원이 전화를 그냥 끊었습니다
매장 직원이 차근차근 설명해 주셨어요
전화 상담원이 불친절했습니다
직원들이 손님을 보고도 인사를 안 해요
상담원 연결까지 한 시간을 기다렸습니다
직원분이 어머니께 친절하게 안내해 주셨어요
매장 직원 응대가 훌륭했습니다
상담원이 제 말을 끝까지 안 들어요
직원이 바로 도와줘서 고마웠어요
상담원이 당일에 다시 전화를 주셨어요
직원 태도가 무례했습니다
친절한 직원 덕분에 기분이 좋았어요
매장에 직원이 한 명뿐이라 응대가 늦어요""",
    "price": """가격이 작년보다 삼십 퍼센트 올랐어요
품질에 비해 가격이 비쌉니다
가격 대비 만족스러워요
다른 매장 가격이 더 저렴했어요
결제 금액이 표시된 가격과 달랐습니다
할인 쿠폰이 적용되지 않아요
단골 할인도 있으면 좋겠습니다
가격 인상을 미리 알려 주지 않았어요
이 가격이면 다른 브랜드를 사겠어요
가격이 착해서 자주 삽니다
할인 가격이라더니 정가 그대로예요
월 요금 가격이 부담스럽습니다
가격이 두 배나 비싸요
할인 행사 때만 사게 되는 가격이에요""",
    "app": """앱이 자꾸 꺼집니다
업데이트 후에 앱 로그인이 안 돼요
앱에서 비밀번호를 매번 다시 물어요
앱 화면이 하얗게 멈춥니다
앱이 쓰기 편해요
앱 로그인 인증 번호가 오지 않습니다
앱을 업데이트했더니 설정이 다 사라졌어요
앱 알림을 끌 수가 없어요
예전 버전 앱으로 되돌려 주세요
앱 결제 화면에서 두 번 꺼졌어요
앱 검색이 아무것도 못 찾아요
로그인이 수시로 풀립니다
앱이 업데이트할 때마다 느려져요
앱 화면 글씨가 너무 작아요""",
}


def lines(themes: dict[str, str]) -> list[tuple[str, str]]:
    """(theme, text) of every opinion, the themes mixed."""
    rows = [(theme, text) for theme, texts in themes.items() for text in texts.splitlines()]
    return sorted(rows, key=lambda row: (hash_of(row[1]), row[1]))


def hash_of(text: str) -> int:
    """An order that has nothing to do with the themes, the same in every process."""
    return sum((place + 1) * ord(letter) for place, letter in enumerate(text)) % 997
