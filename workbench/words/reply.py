"""The draft of a reply to a mail: what stands in it, and what a person has to fill in."""

WORDS: dict[str, tuple[str, str]] = {
    "reply.greeting": ("Dear {name},", "{name} 님께"),
    "reply.greeting_unknown": ("Hello,", "안녕하세요."),
    "reply.thanks": ("thank you for your message.", "보내 주신 메일 잘 받았습니다."),
    "reply.question": ("You asked: “{text}”", "문의하신 내용: “{text}”"),
    "reply.request": ("You wrote: “{text}”", "요청하신 내용: “{text}”"),
    "reply.answer": ("{text} [{number}]", "{text} [{number}]"),
    "reply.blank": ("[ … ]", "[ … ]"),
    "reply.nothing": ("[ … ]  (no question and no request was found in the message)", "[ … ]  (메일에서 질문이나 요청을 찾지 못했습니다)"),
    "reply.closing": ("Kind regards,\n[ … ]", "감사합니다.\n[ … ] 드림"),
    "reply.sources": ("Taken from (delete before sending):", "인용한 문서 (보내기 전에 지우세요):"),
    "reply.source": ("[{number}] {title} ({source})", "[{number}] {title} ({source})"),
    "reply.source_page": ("[{number}] {title} ({source}, page {page})", "[{number}] {title} ({source}, {page}쪽)"),
}
