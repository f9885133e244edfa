"""Mail threads made by code, English and Korean: for measuring and for tests, as long as one likes.

Every message has headers, some sentences of its own with names, days, amounts, questions and requests, a signature, and
below it the message that it answers, quoted. The same numbers give the same thread.
"""

import random
from datetime import datetime, timedelta
from email.header import Header
from email.utils import format_datetime
from pathlib import Path

PEOPLE = {
    "en": ["Ana Ruiz", "Ben Carter", "Chloe Martin", "David Okafor", "Elena Novak", "Frank Weber"],
    "ko": ["김민수", "이서연", "박지훈", "최유진", "정하늘", "강도윤"],
}
TOPICS = {
    "en": ["the office move", "the boiler in building C", "the annual report", "the new coffee supplier", "the trade fair booth",
           "the parking garage", "the training course", "the delivery to Lisbon"],
    "ko": ["사무실 이전", "C동 보일러", "연간 보고서", "새 커피 납품업체", "박람회 부스", "주차장", "신입 교육", "부산 납품"],
}
SENTENCES = {
    "en": [
        "I talked to {other} about {topic} this morning, and we agreed that the offer of {amount} dollars is still too high for what we get.",
        "The invoice for {topic} comes to {amount} dollars and has to be paid by {day}.",
        "Could you please send me the signed contract for {topic} by {day}?",
        "We need at least {count} people on site, because the work on {topic} takes longer than planned.",
        "The supplier told us that {topic} will be delayed by {count} days and that nothing can be done about it.",
        "{other} has checked the figures for {topic} and found a mistake of {amount} dollars in the second table.",
        "Who will talk to the landlord about {topic} before the meeting on {day}?",
        "The customers complained about {topic} again, and {count} of them asked for their money back.",
        "I have attached the minutes of our meeting with {other}, in which we decided to postpone {topic} until {day}.",
        "Please let me know whether {other} can take over {topic} while I am on leave.",
        "The insurance covers {topic} up to {amount} dollars, so we should not wait any longer.",
        "For {topic} we received {count} offers, and the cheapest one is from a company that nobody of us knows.",
        "The meeting about {topic} is moved to {day} at 3 pm in room {count}.",
        "I am not sure that {topic} is worth the trouble, but {other} insists on it.",
        "As far as I can see, nothing has happened with {topic} since last week.",
    ],
    "ko": [
        "오늘 아침 {other} 님과 {topic} 건을 이야기했는데 {amount}원이라는 견적은 아직 너무 비싸다고 의견을 모았습니다.",
        "{topic} 청구서는 {amount}원이고 {day}까지 지급해야 합니다.",
        "{topic} 계약서에 서명하여 {day}까지 보내 주시기 바랍니다.",
        "{topic} 작업이 예정보다 오래 걸려서 현장에 적어도 {count}명이 필요합니다.",
        "업체에서 {topic} 일정이 {count}일 늦어진다고 하며 방법이 없다고 합니다.",
        "{other} 님이 {topic} 수치를 확인하다가 두 번째 표에서 {amount}원이 틀린 것을 찾았습니다.",
        "{day} 회의 전에 {topic} 건으로 건물주와 누가 이야기할까요?",
        "고객들이 {topic} 문제로 또 불만을 제기했고 그중 {count}명은 환불을 요구했습니다.",
        "{other} 님과 한 회의록을 첨부했습니다. {topic} 건은 {day}로 미루기로 했습니다.",
        "제가 휴가인 동안 {other} 님이 {topic} 건을 맡아 줄 수 있는지 알려 주세요.",
        "{topic} 건은 보험으로 {amount}원까지 보장되므로 더 기다릴 까닭이 없습니다.",
        "{topic} 건으로 견적을 {count}개 받았는데 가장 싼 곳은 아무도 모르는 회사입니다.",
        "{topic} 회의는 {day} 오후 3시 {count}호 회의실로 옮겨졌습니다.",
        "{topic} 건이 그만한 가치가 있는지 모르겠지만 {other} 님은 꼭 해야 한다고 합니다.",
        "제가 보기에는 지난주부터 {topic} 건에 아무 진척이 없습니다.",
    ],
}
HELLO = {"en": "Hi {name},", "ko": "{name} 님 안녕하세요."}
SIGNATURE = {
    "en": "Best regards\n{name}\nHarbor Lane Ltd. | 12 Mill Street | tel. +1 555 0100 | {address}",
    "ko": "감사합니다.\n{name} 드림\n새벽식품 | 서울시 마포구 방앗간길 12 | 전화 02-555-0100 | {address}",
}
WROTE = {"en": "On {when}, {name} wrote:", "ko": "{when}, {name} <{address}>님이 작성:"}
MONTHS = "January February March April May June July August September October November December".split()


def thread(count: int, lang: str = "en", seed: int = 7) -> bytes:
    """A mailbox of so many messages, each answering the one before."""
    chance = random.Random(f"{seed} {lang}")
    when = datetime(2026, 3, 2, 8, 30)
    before = ""
    found: list[str] = []
    for number in range(count):
        when += timedelta(minutes=chance.randrange(20, 400))
        name = PEOPLE[lang][number % 2 if number % 3 else chance.randrange(len(PEOPLE[lang]))]
        topic = TOPICS[lang][chance.randrange(len(TOPICS[lang]))]
        said = body(chance, lang, name, topic, when)
        address = mail_address(lang, name)
        subject = {"en": "Re: open points", "ko": "Re: 진행 중인 일"}[lang] if number else {"en": "Open points", "ko": "진행 중인 일"}[lang]
        hello = HELLO[lang].format(name=PEOPLE[lang][(number + 1) % 2])
        signature = SIGNATURE[lang].format(name=name, address=address)
        text = f"{hello}\n\n{said}\n\n{signature}\n{before}"
        head = {
            "From": f"{Header(name, 'utf-8').encode() if lang == 'ko' else name} <{address}>", "To": "team@example.com",
            "Subject": Header(subject, "utf-8").encode() if lang == "ko" else subject, "Date": format_datetime(when.astimezone()),
            "Content-Type": 'text/plain; charset="utf-8"', "Content-Transfer-Encoding": "8bit"}
        headers = "\n".join(f"{key}: {value}" for key, value in head.items())
        found.append(f"From {address} {when.strftime('%a %b %d %H:%M:%S %Y')}\n{headers}\n\n{text}\n")
        quoted = "\n".join(f"> {line}" for line in f"{hello}\n\n{said}".split("\n"))
        before = f"\n{WROTE[lang].format(when=when.strftime('%Y-%m-%d %H:%M'), name=name, address=address)}\n{quoted}"
    return "\n".join(found).encode()


def body(chance: random.Random, lang: str, name: str, topic: str, when: datetime) -> str:
    """Three to five sentences about a topic."""
    others = [each for each in PEOPLE[lang] if each != name]
    sentences = []
    for template in chance.sample(SENTENCES[lang], chance.randrange(3, 6)):
        due = when + timedelta(days=chance.randrange(2, 60))
        day = f"{due.month}월 {due.day}일" if lang == "ko" else f"{MONTHS[due.month - 1]} {due.day}"
        sentences.append(template.format(
            other=chance.choice(others), topic=topic, amount=f"{chance.randrange(12, 980) * 50:,}", day=day, count=chance.randrange(2, 40)))
    return " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences)


def mail_address(lang: str, name: str) -> str:
    """Where a person is written to."""
    place = PEOPLE[lang].index(name)
    return f"{PEOPLE['en'][place].split()[0].lower()}@example.com"


def written(path: Path, count: int, lang: str = "en", seed: int = 7) -> Path:
    """The thread as a file."""
    path.write_bytes(thread(count, lang, seed))
    return path
