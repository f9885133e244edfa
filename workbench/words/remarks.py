"""Remarks on files, and what a check of the store finds."""

WORDS: dict[str, tuple[str, str]] = {
    # remarks on files
    "remark.duplicate": ("Same content as {of}; stored once.", "{of}와(과) 내용이 같아 한 번만 저장했습니다."),
    "remark.pages_unread": (
        "Page {pages} could not be read ({why}); the others are in.",
        "{pages}쪽을 읽지 못했습니다({why}). 나머지는 들어갔습니다.",
    ),
    "remark.pages_cut": (
        "Only the first {read} of {of} pages are in; split it for the others.",
        "{of}쪽 가운데 앞의 {read}쪽만 들어갔습니다. 나머지는 나누어 넣어 주세요.",
    ),
    "remark.files_inside": (
        "Files inside it are not read: {names}; save them and add them by themselves.",
        "안에 든 파일은 읽지 않았습니다: {names}. 따로 저장해 넣어 주세요.",
    ),
    "remark.scripts_inside": ("The scripts in it are ignored.", "안에 든 스크립트는 무시했습니다."),
    "remark.comments_unread": (
        "{count} {count:comment is|comments are} left out; put what matters into the text.",
        "메모 {count}개는 넣지 않았습니다. 필요한 내용은 본문에 적어 주세요.",
    ),
    "remark.columns_repeated": (
        "Several columns have one name and are numbered: {names}.",
        "이름이 같은 열에 번호를 붙였습니다: {names}.",
    ),
    "remark.rows_ragged": (
        "{count} {count:row has|rows have} more or fewer cells than the {columns} {columns:name of a column|names of columns} ({count:row|rows} {rows}); all {count:it holds|they hold} is in.",
        "열 이름은 {columns}개인데 칸 수가 다른 줄이 {count}개 있습니다({rows}번째 줄). 내용은 모두 들어갔습니다.",
    ),
    "remark.quote_open": (
        "Quotation marks are not closed or stand in the wrong place (row {rows}); there they are read as letters, so check it.",
        "따옴표가 닫히지 않았거나 자리가 잘못되었습니다({rows}번째 줄). 그 줄에서는 글자로 읽었으니 확인해 주세요.",
    ),
    "remark.attachments_unread": (
        "Attached files of types that are not read: {count} ({names}).",
        "읽지 않는 형식의 첨부 파일 {count}개({names}).",
    ),
    "remark.attachments_over": (
        "Attached files beyond what is read with one file (5 levels deep, 1,000 files, 100 MB): {count} ({names}). "
        "Save them and add them on their own.",
        "파일 하나에 딸려 읽는 한도(5단계, 1,000개, 100 MB)를 넘은 첨부 파일 {count}개({names}). 따로 저장하여 넣어 주세요.",
    ),
    "remark.dates_unread": (
        "Messages whose date cannot be read: {count} ({names}); filters by date pass them over.",
        "날짜를 읽을 수 없는 메일 {count}통({names}). 날짜로 고르면 빠집니다.",
    ),
    "remark.encodings_unknown": (
        "Texts in an encoding that does not exist: {count} ({names}); decoded by the evidence, check them.",
        "알 수 없는 인코딩으로 표시된 글 {count}개({names}). 내용으로 미루어 읽었으니 확인해 주세요.",
    ),
    "remark.contents_garbled": (
        "Parts of messages that are damaged: {count} ({names}); what could be decoded is in.",
        "메일에서 손상된 부분 {count}곳({names}). 해독할 수 있는 것만 들어갔습니다.",
    ),
    "remark.messages_cut": (
        "Messages that break off before their end: {count} ({names}).",
        "끝이 잘린 메일 {count}통({names}).",
    ),
    "remark.more_like_it": ("{count} more for the same reason.", "같은 까닭으로 {count}개 더 있습니다."),
    "remark.stopped": ("Stopped; it goes on with Retry.", "멈췄습니다. 다시 시도를 누르면 이어집니다."),
    "remark.messages_unread": (
        "{count} of {of} {of:message|messages} could not be read; the others are in.",
        "메일 {of}통 가운데 {count}통을 읽지 못했습니다. 나머지는 들어갔습니다.",
    ),
    "remark.messages_quoted": (
        "{count} of the messages {count:stands only where another one quotes it; it|stand only where another one quotes them; each} is read once.",
        "메일 {count}통은 다른 메일에 인용된 것만 있어, 인용문에서 한 번씩 읽었습니다.",
    ),
    "remark.formulas_unread": (
        "{count} {count:formula has no stored result and is|formulas have no stored result and are} left out; open it in Excel, save it and add it again.",
        "계산 결과가 저장되지 않은 수식 {count}개를 뺐습니다. 엑셀에서 열어 저장한 뒤 다시 넣어 주세요.",
    ),
    "remark.repeated": (
        "{count} {count:part repeats|parts repeat} the text of another; stored once.",
        "다른 부분과 내용이 같은 {count}개는 한 번만 저장했습니다.",
    ),
    "remark.partly_duplicate": (
        "{count} of {of} {of:document|documents} in it {count:is|are} already there in other files ({names}); stored once.",
        "문서 {of}개 가운데 {count}개는 이미 다른 파일({names})에 있어 한 번만 저장했습니다.",
    ),
    "remark.start_failed": (
        "The start did not finish ({why}); start again, and report this if it happens twice.",
        "시작을 마치지 못했습니다({why}). 다시 시작하고, 되풀이되면 알려 주세요.",
    ),
    "remark.kept_old": ("The version stored before stays.", "이전에 저장된 파일은 그대로 있습니다."),
    "remark.hidden_text": (
        "{count} {count:character|characters} that the page hides from its readers {count:is|are} left out.",
        "읽는 사람에게 보이지 않게 숨긴 글자 {count}자를 뺐습니다.",
    ),
    "remark.mixed_encodings": (
        "UTF-8 and CP949 stand in one file; read line by line, {count} of {of} lines as CP949.",
        "UTF-8과 CP949가 한 파일에 섞여 있습니다. 한 줄씩 읽어 {of}줄 가운데 {count}줄을 CP949로 읽었습니다.",
    ),
    # feedback
    "remark.feedback_outside": (
        "{count} {count:line stands|lines stand} outside the table, as titles and notes do; {count:it is no row|they are no rows}.",
        "표 밖에 있는 {count}줄(제목, 주석 등)은 행으로 세지 않았습니다."),
    "remark.feedback_other_tables": (
        "Other tables of the file were not read: {names}. Choose one by the name of its sheet.",
        "이 파일의 다른 표는 읽지 않았습니다: {names}. 시트 이름으로 고를 수 있습니다."),
    "remark.feedback_tables_left": (
        "Tables in a folder of texts are left out: {names}. Read each on its own.",
        "글이 든 폴더의 표는 뺐습니다: {names}. 하나씩 따로 읽으세요."),
    "remark.feedback_long": (
        "Rows {rows} have more than {most} opinions; the first {most} of each are sorted.",
        "{rows}행에는 의견이 {most}개보다 많습니다. 각각 처음 {most}개만 주제로 묶었습니다."),
    # what a check of the store finds
    "remark.check_database": (
        "The database itself is damaged ({why}); move it away and restore a copy of it.",
        "데이터베이스 자체가 손상되었습니다({why}). 옮겨 두고 사본을 되돌려 주세요.",
    ),
    "remark.check_orphans": (
        "Rows of “{table}” that belong to nothing: {count}.",
        "“{table}”에 어디에도 속하지 않는 줄이 {count}개 있습니다.",
    ),
    "remark.check_unused_originals": (
        "Originals that no file has any more: {count}.", "어느 파일의 것도 아닌 원본이 {count}개 있습니다."),
    "remark.check_deleting": (
        "Deleted files that are not yet removed: {count}.", "삭제했지만 아직 지워지지 않은 파일이 {count}개 있습니다."),
    "remark.check_original": (
        "{name}: the kept original is damaged; its text still stands. Delete the file and add it again.",
        "{name}: 보관된 원본이 손상되었습니다. 글은 남아 있습니다. 파일을 지우고 다시 넣어 주세요.",
    ),
    "remark.check_no_original": (
        "{name}: its original was not kept, as in earlier versions; its text stands.",
        "{name}: 이전 버전에서 넣어 원본이 없습니다. 글은 있습니다.",
    ),
    "remark.check_text": (
        "{name}: its text or chunks are not what was read; they are read again from the original, or else add the file again.",
        "{name}: 저장된 글이나 조각이 처음 읽은 것과 다릅니다. 원본에서 다시 읽거나, 원본이 없으면 다시 넣어 주세요.",
    ),
    "remark.check_nothing": (
        "{name}: said to be in, but there is nothing of it; it is read again from the original, or else add it again.",
        "{name}: 들어 있다고 되어 있으나 내용이 없습니다. 원본에서 다시 읽거나, 원본이 없으면 다시 넣어 주세요.",
    ),
    "remark.check_link": (
        "{name}: a duplicate of a document that is not there.", "{name}: 가리키는 같은 문서가 없습니다."),
    "remark.check_vectors": (
        "{name}: chunks without a good vector: {count}.", "{name}: 벡터가 없거나 잘못된 조각이 {count}개 있습니다."),
    "remark.check_unfinished": ("{name}: not yet taken in.", "{name}: 아직 다 들어가지 않았습니다."),
    "remark.check_changes": (
        "{corpus}: the log of changes is ahead of the corpus.", "{corpus}: 변경 기록이 문서 모음보다 앞서 있습니다."),
    "remark.check_chroma": (
        "{corpus}: Chroma does not hold what is found; it is filled again at the next start.",
        "{corpus}: Chroma의 내용이 다릅니다. 다음에 시작할 때 다시 채웁니다.",
    ),
}
