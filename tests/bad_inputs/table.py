"""Tables that hurt."""

from tests.bad_inputs import Case

KOREAN = "이름,비고\n김,똠얌 쌀국수\n이,펲시 콜라\n"
HELD = ("이름: 김 | 비고: 똠얌 쌀국수", "이름: 이 | 비고: 펲시 콜라")


CASES = (
    Case(69, "empty.csv", lambda: b"", ("refused",), ("read_empty",)),
    Case(70, "header only.csv", lambda: b"a,b,c\n", ("refused",), ("read_no_rows",)),
    Case(71, "cp949.csv", lambda: KOREAN.encode("cp949"), ("read",), holds=HELD),
    Case(72, "utf-16.csv", lambda: KOREAN.replace(",", "\t").encode("utf-16"), ("read",), holds=HELD),
    Case(73, "mark.csv", lambda: KOREAN.encode("utf-8-sig"), ("read",), holds=HELD, lacks=("\ufeff",)),
    Case(74, "semicolon.csv", lambda: b"name;price\nApple, red;1,50\nPear;2,30\n", ("read",),
         holds=("name: Apple, red | price: 1,50", "name: Pear | price: 2,30")),
    Case(74, "tab.csv", lambda: b"name\tprice\nApple\t1,000\nPear\t2,000\n", ("read",), holds=("name: Apple | price: 1,000",)),
    Case(75, "ragged.csv", lambda: b"a,b,c\n1,2,3\n4,5\n6,7,8,9\n", ("warned",), ("rows_ragged",),
         holds=("a: 4 | b: 5", "a: 6 | b: 7 | c: 8 | 4: 9")),
    Case(76, "open quotation mark.csv", lambda: b'a,b\n1,"x, y"\n2,"open\n3,three\n4,four\n', ("warned",), ("quote_open",),
         holds=("b: x, y", "a: 3 | b: three", "a: 4 | b: four")),
    Case(77, "NUL.csv", lambda: b"a,b\n1,x\0y\n", ("refused",), ("read_damaged",)),
    Case(78, "long field.csv", lambda: b"a,b\n1," + b"word " * 40_000 + b"end\n", ("read",), holds=("a: 1 | b: word", "end")),
    Case(79, "one name twice.csv", lambda: b"price,price\n1,2\n", ("warned",), ("columns_repeated",), holds=("price: 1 | price 2: 2",)),
    Case(80, "wide.csv", lambda: b"\n".join([b",".join(b"%d" % number for number in range(5_000))] * 3), ("refused",), ("read_columns",)),
    Case(81, "a million rows.csv", lambda: b"n\n" + b"\n".join(b"%d" % number for number in range(1_000_000)), ("read",),
         holds=("n: 0\nn: 1\n", "n: 999999")),
    Case(82, "formulas.csv", lambda: b"a,b\n=1+1,@SUM(A1)\n+1,-cmd\n", ("read",), holds=("a: =1+1 | b: @SUM(A1)", "a: +1 | b: -cmd")),
)
