### Những câu mà người dân, cán bộ công an và trưởng mô hình đọc trong khung chat.
### Viết như nói với bà con: ngắn, ấm, không dùng chữ khó.

## Chung

as-is = { $text }
in-your-language = { "vi" ->
    [en] { $en }
   *[vi] { $vi }
}
not-found = Không tìm thấy. Bà con kiểm tra lại giúp nhé.
trouble = Máy đang gặp trục trặc với tin vừa gửi. Tin đã được giữ lại và sẽ có người xem. Nếu gấp, xin gọi { $police }.
slow-down = Đã nhận đủ các tin vừa gửi. Bà con cứ gửi tiếp, chúng tôi ghi lại hết nhưng sẽ không trả lời từng tin. Gấp thì gọi { $police }.
too-many = Bà con gửi nhanh quá nên tin vừa rồi chưa được ghi. Xin chờ một phút rồi gửi lại. Gấp thì gọi { $police }, { $fire } hoặc { $ambulance }.
button-stale = Mục này không còn dùng được nữa. Gõ /help để xem lại các việc làm được.
cannot-read = Chưa đọc được loại tin này. Xin gửi bằng chữ, ảnh, ghi âm, video hoặc vị trí.
cancelled = Đã dừng. Khi cần, bà con cứ nhắn.
list-more = Xem thêm
list-hint = Trả lời bằng số, ví dụ: 1
list-stale = Số này không thuộc danh sách nào đang chờ trả lời. Bà con nhắn bằng chữ, hoặc gõ “menu” để xem các việc làm được.
list-no-such = { $n ->
    [1] Danh sách chỉ có một mục. Xin chọn lại:
   *[other] Danh sách chỉ có từ 1 đến { $n }. Xin chọn lại:
}
words-please = Xin trả lời bằng chữ.
private-please = Để giữ kín cho bà con, xin nhắn riêng cho tôi, đừng kể ở trong nhóm.
minutes = { $n } phút
hours = { $n } giờ
days = { $n } ngày
time-left = còn { $time }
late-by = quá hạn { $time }
language-vi = Tiếng Việt
language-en = English
choose-language = Bà con muốn dùng tiếng nào? / Which language?
language-set = Từ giờ chúng ta nói chuyện bằng tiếng Việt.

## Chào và hướng dẫn

welcome = Chào bà con! Đây là Tin Báo, nơi báo cho công an xã, phường mọi việc đáng lo: trộm cắp, đánh nhau, lừa đảo, ma túy, cháy nổ, tai nạn…
welcome-commune = Chào bà con { $commune }! Đây là Tin Báo, nơi báo cho công an mọi việc đáng lo quanh mình.
help = Cứ nhắn như nói chuyện: việc gì, ở đâu, lúc nào. Gửi ảnh, ghi âm hay vị trí đều được. Công an không biết ai báo, trừ khi bà con cho phép.
help-numbers = Đang nguy cấp thì gọi ngay: { $numbers }.
help-officer = Cán bộ: /viec xem việc đang mở · /truc vào ca · /nghitruc nghỉ ca.
help-leader = Trưởng mô hình: nhắn một dòng là ghi được, ví dụ “tuần tra 3 người 22h-1h ấp 4”. /ghi ghi theo mẫu · /hoatdong xem, sửa, xóa · /thang tổng kết tháng.
tell-us = Mời bà con kể: việc gì, ở đâu, lúc nào? Gửi chữ, ảnh, ghi âm hay vị trí đều được.
link-unknown = Đường dẫn này không dùng được. Bà con vẫn nhắn tin báo ở đây như thường.
you-are-welcome = Dạ, cảm ơn bà con. Cần gì cứ nhắn.
not-a-tip = Tôi chưa thấy đây là tin báo nên chưa chuyển cho công an. Nếu là việc cần công an xem, xin chọn ngay bên dưới hoặc kể thêm: việc gì, ở đâu.
maybe-danger = Việc này đang xảy ra thật thì xin chọn “{ button-is-tip }” ngay bên dưới, công an trực sẽ nhận liền. Tôi chưa chắc đây là tin báo nên chưa chuyển.

## Hỏi đáp

faq-answer = { $text }
faq-local = Giấy tờ, giờ làm việc có thể khác ở từng nơi. Cần chắc chắn, bà con hỏi cán bộ trực.
ask-police-now = Bà con muốn hỏi gì? Nhắn câu hỏi vào đây, cán bộ trực sẽ trả lời. Việc gấp xin gọi { $police }.
question-passed-on = Đã chuyển câu hỏi tới cán bộ trực { $unit }. Có trả lời, tôi nhắn ngay. Việc gấp xin gọi { $police }.
question-nobody = Câu hỏi đã được ghi lại nhưng lúc này chưa có cán bộ trực. Việc gấp xin gọi { $police }.
question-enough = Bà con đã hỏi nhiều câu, xin chờ cán bộ trả lời. Việc gấp xin gọi { $police }.
question-title = ❔ Người dân hỏi lúc { $at }: “{ $text }”
question-answered = ✅ { $name } đã trả lời: “{ $text }”
question-waits = ⏳ Câu hỏi từ { $at } vẫn chưa ai trả lời: “{ $text }”
question-may-be-tip = 👮 Cán bộ trực thấy điều bà con hỏi có thể là việc cần công an xem. Nếu đúng, xin chọn ngay bên dưới để báo tin. Công an vẫn không biết bà con là ai.
answer-now = Gõ câu trả lời cho: “{ $text }”
answer-passed-on = Đã chuyển câu trả lời cho người hỏi.
already-answered = Câu hỏi này đã có người trả lời.
police-answer = 👮 Cán bộ trực trả lời câu “{ $question }”: { $text }
button-ask-police = 🙋 Hỏi cán bộ
button-answer = ✍️ Trả lời
button-tell-as-tip = 📣 Nên báo tin

## Nối nhiều kênh

link-code = Trong 15 phút, bà con mở kênh kia (Zalo, Telegram hoặc trang web) và nhắn cho Tin Báo mã này: { $code }. Đừng đưa mã cho ai.
link-code-unknown = Mã nối kênh không đúng, đã dùng, hoặc quá 15 phút. Bà con gõ /noi ở kênh kia để lấy mã mới.
linked = ✅ Đã nối với { $channel } của bà con. Tin đã báo xem được ở cả hai nơi.
linked-here = 🔗 Khung chat này vừa được nối với { $channel }. Nếu không phải do bà con làm, xin gỡ ngay.
where-to-tell = Bà con muốn nhận tin trả lời ở đâu?
tell-there = Từ giờ Tin Báo nhắn bà con qua { $channel }.
not-linked = Khung chat này chưa nối với kênh nào. Gõ /noi để nối.
unlinked = Đã gỡ. Khung chat này không còn nối với kênh nào.
unlinked-there = { $channel } của bà con đã được gỡ khỏi Tin Báo ở đây.
button-link = 🔗 Nối kênh khác
button-unlink = ✂️ Gỡ nối kênh
channel-stopped = ⚠️ Kênh { $channel } ngừng gửi được từ { $at } ({ $why }). Tin đang chờ được chuyển sang kênh khác nếu người nhận có. Xin xem `tinbao doctor`.
channel-back = ✅ Kênh { $channel } đã gửi lại được.
message-failed = ⚠️ Tin số { $number } làm máy gặp lỗi ({ $error }). Tin đã được giữ kín và giữ nguyên; sửa xong, chạy `tinbao replay`.
message-set-aside = ⚠️ Một tin gửi đi làm máy gặp lỗi ({ $error }, { $place }). Tin này được giữ riêng, các tin khác vẫn đi. Máy tự gửi lại sau khi nâng cấp; hoặc sửa xong thì chạy `tinbao replay`.
timer-set-aside = ⚠️ Một việc hẹn giờ làm máy gặp lỗi ({ $error }, { $place }). Việc này được để riêng và tự làm lại sau; các việc khác vẫn chạy. Xin báo người bảo trì.
quota-low = ⚠️ Kênh { $channel } đã dùng { $used }/{ $limit } tin của tháng này. Phần còn lại được giữ cho tin khẩn và trả lời.

## Nút bấm của người dân

button-report = 📣 Báo tin
button-my-tips = 📋 Tin của tôi
button-code = 🔎 Tra mã
button-language = 🌐 English
button-is-tip = 📣 Đúng là tin báo
button-right = ✅ Đúng rồi
button-fix-category = ✏️ Sửa loại việc
button-fix-place = 📍 Sửa nơi
button-fix-urgency = ⏱ Sửa mức gấp
button-may-contact = 📞 Cho công an liên lạc
button-anonymous = 🔒 Giữ ẩn danh
button-only-here = 💬 Chỉ nhắn qua đây
button-withdraw = ↩️ Rút tin
button-withdraw-yes = Rút tin
button-keep = Giữ lại
button-add = ➕ Bổ sung
button-other-matter = Đây là việc khác
button-more = Loại khác…
button-back = ‹ Quay lại
button-share-place = 📍 Gửi vị trí

## Tin báo

call-now = 🚨 GỌI NGAY { $number }! Tránh xa chỗ nguy hiểm. Tin cũng đã chuyển tới công an trực.
tip-received = ✅ Đã nhận tin báo { $code }. Cảm ơn bà con.
tip-corrected = ✏️ Đã sửa tin { $code }.
tip-added = ➕ Đã ghi thêm vào tin { $code }.
tip-place-now = Nơi xảy ra: { $place }.
understood = Tôi hiểu là: { $category } · { $place } · { $urgency }.
place-unknown = chưa rõ nơi
you-are-anonymous = 🔒 Công an không biết bà con là ai.
you-may-be-contacted = 📞 Công an được liên lạc với bà con.
ask-place = Việc ở đâu? Xin cho biết ấp, thôn, đường hay gần chỗ nào, hoặc gửi vị trí.
ask-which-place = Có vài nơi trùng tên. Bà con chọn giúp đúng nơi:
ask-what = Bà con cho biết thêm: chuyện gì đang xảy ra?
ask-what-and-where = Bà con cho biết thêm: chuyện gì, và ở đâu?
choose-category = Đây là việc gì?
choose-urgency = Có gấp không?
confirmed = Cảm ơn bà con!
corrected = Đã sửa
add-now = Mời bà con gửi thêm cho tin { $code }: chữ, ảnh, ghi âm hay vị trí.
ask-reached-by = Bà con cho tên và số điện thoại để công an gọi, hoặc chỉ nhắn qua đây. Chỉ công an phụ trách tin này xem được.
withdraw-sure = Bà con muốn rút tin { $code }?
withdrawn = Đã rút tin { $code }. Cảm ơn bà con đã báo.
withdrawn-taken = Đã ghi nhận bà con rút tin { $code }. Công an đang xem việc này nên sẽ tự quyết định bước tiếp theo.
your-tips = Các tin gần đây của bà con:
no-tips-yet = Bà con chưa gửi tin nào ở đây.
ask-code = Xin nhắn mã tin, ví dụ TB-4K7M-92XQ.
code-malformed = Mã tin có dạng TB-4K7M-92XQ. Bà con xem lại giúp.
code-unknown = Không có tin nào mang mã này. Bà con xem lại từng chữ giúp.
too-many-codes = Sai mã nhiều lần quá. Xin thử lại sau một giờ.
status-new = { $code }: đã chuyển tới công an trực lúc { $at }, đang chờ nhận.
status-taken = { $code }: công an đang xử lý.
status-closed = { $code }: đã xong. { $outcome }
status-withdrawn = { $code }: đã rút.
outcome-told-handled = Công an đã giải quyết.
outcome-told-handed_over = Đã chuyển cơ quan điều tra.
outcome-told-unfounded = Đã xác minh, chưa thấy có việc như tin báo.
outcome-told-duplicate = Việc này đã có tin khác, đang được xử lý chung.

## Công an trả lời người báo

told-taken = 👮 Công an đã nhận việc { $code } và đang xem.
told-passed-on = Tin { $code } đã được chuyển cho { $unit } giải quyết.
told-handled = ✅ Tin { $code }: công an đã giải quyết xong.
told-handed_over = ✅ Tin { $code }: công an đã chuyển hồ sơ cho cơ quan điều tra.
told-unfounded = Tin { $code }: công an đã xác minh, chưa thấy có việc như tin báo. Có gì mới, bà con cứ báo tiếp.
told-duplicate = Tin { $code } được xử lý chung với một tin khác về cùng việc.
told-thanks = Cảm ơn bà con đã giúp giữ xóm làng bình yên.
told-reopened = Tin { $code } đang được công an xem lại.
police-ask = 👮 Công an hỏi về tin { $code }: “{ $text }” Bà con trả lời ngay tại đây, công an vẫn không biết bà con là ai.
answer-sent = Đã chuyển câu trả lời về tin { $code } cho công an. Cảm ơn bà con.

## Thẻ việc của công an

card-title = { $urgency } · { $category }
card-code = { $code } · nhận lúc { $at }
card-place = 📍 { $place }
card-said = “{ $text }”
card-media = 📎 { $photos } ảnh · { $voices } ghi âm · { $videos } video · { $files } tệp
card-reporters = 👥 { $count } người cùng báo
card-anonymous = 🔒 Người báo ẩn danh
card-may-contact = 💬 Người báo cho phép hỏi thêm
card-reachable = 📞 Liên lạc: { $by }
card-alike = 👥 Có thể cùng một vụ với { $code }
button-same = 👥 Cùng một vụ
button-differ = Khác vụ
card-withdrawn = ↩️ Người báo đã rút tin
card-new = 🔴 Chưa ai nhận
card-take-by = ⏳ Nhận việc: { $left } (trước { $at })
card-taken = 🟢 { $name } đang xử lý
card-asked = ❓ Đã hỏi người báo, chờ trả lời
card-closed = ⚪ Đã kết thúc: { $outcome }
card-merged = Chung với { $code }
card-answer-by = 📅 Trả lời người báo: { $left } (trước { $at })
card-passed-on = { $code } đã chuyển cho { $to }.
a-colleague = cán bộ số { $n }
button-take = ✋ Tôi nhận việc này
button-ask = ❓ Hỏi người báo
button-not-ours = ↪️ Không thuộc mình
button-correct = ✏️ Sửa phân loại
button-close = ✅ Kết thúc
button-reopen = 🔄 Mở lại
button-to-province = Chuyển trực ban tỉnh
outcome-handled = Đã giải quyết
outcome-handed_over = Chuyển cơ quan điều tra
outcome-unfounded = Không có thật
outcome-duplicate = Trùng tin khác
you-have-it = Việc này là của đồng chí
taken-by = { $name } đã nhận việc này rồi
case-moved-on = Việc này đã thay đổi, không còn chọn như vậy được nữa
question-where = Chính xác ở chỗ nào?
question-still = Việc còn đang diễn ra không?
question-hurt = Có ai bị thương không?
ask-reporter-how = Chọn câu hỏi có sẵn, hoặc gõ câu hỏi cho người báo tin { $code }.
question-sent = Đã chuyển câu hỏi về tin { $code }.
pass-on-to-whom = Tin { $code } thuộc xã, phường nào? Gõ tên, hoặc chọn chuyển trực ban tỉnh.
passed-on = Đã chuyển { $code } cho { $unit }.
place-not-found = Không tìm thấy xã, phường đó. Xin gõ lại tên.
which-of-these = Đồng chí chọn giúp:
ask-same-as = Tin { $code } trùng với tin nào? Gõ mã của tin kia.
note-added = ➕ { $code }, người báo nói thêm: “{ $text }”
note-answer = 💬 { $code }, người báo trả lời: “{ $text }”
note-withdrawn = ↩️ Người báo đã rút tin { $code }. Đồng chí quyết định bước tiếp theo.
note-media = 📎 { $code }
note-point = 📍 { $code }, vị trí người báo gửi
files-not-sent = 📎 Có { $count } tệp kèm theo không gửi tới đây được.
media-too-large = Tệp gửi kèm tin { $code } lớn quá 20 MB nên chưa nhận được. Bà con gửi ảnh hoặc đoạn video ngắn hơn giúp.
media-lost = Chưa nhận được tệp gửi kèm tin { $code }. Bà con gửi lại dưới dạng ảnh, video, ghi âm hoặc PDF giúp.
nobody-took = ⚠️ { $code } báo từ { $at } vẫn chưa ai nhận!
answer-late = ⚠️ { $code } đã quá hạn trả lời người báo ({ $name } phụ trách).
open-cases = Có { $count } việc đang mở:
no-open-cases = Không có việc nào đang mở.
case-in-list = { $mark } { $code } { $category }
mark-emergency = 🚨
mark-none = •
button-cases = 📂 Việc đang mở
button-off-duty = 🌙 Nghỉ ca
on-duty = Đồng chí đã vào ca. Tin mới sẽ báo về đây.
off-duty = Đồng chí đã nghỉ ca. Tin mới báo cho người đang trực; không có ai trực thì vẫn báo về đây.
joined-office = Đồng chí đã vào { $unit } với vai trò { $role }. Nhắc hạn và cảnh báo sẽ hiện ở đây.
joined-unit = Đồng chí đã vào { $unit } với vai trò { $role }. Tin báo sẽ hiện ở đây.
role-officer = cán bộ trực
role-commander = chỉ huy
role-committee = Ban Chỉ đạo
role-leader = trưởng mô hình
role-operator = người vận hành
left-duty = Đã trả lại mọi vai trò ở khung chat này.
invite-unknown = Mã mời không đúng, đã dùng, hoặc hết hạn. Xin một mã mới.

## Loại việc và mức gấp

category-drugs = Ma túy
category-theft_robbery = Trộm, cướp
category-fraud = Lừa đảo
category-loan_sharking = Tín dụng đen
category-gambling = Cờ bạc
category-prostitution = Mại dâm
category-trafficking = Mua bán người
category-abuse = Bạo hành, xâm hại
category-violence = Đánh nhau, đe dọa
category-public_disorder = Gây rối, ồn ào
category-weapons = Vũ khí, pháo nổ
category-traffic = Giao thông
category-fire_safety = Cháy nổ
category-smuggling = Hàng lậu, hàng giả
category-environment = Môi trường
category-corruption = Tham nhũng, vòi vĩnh
category-residence = Cư trú
category-dispute = Tranh chấp
category-other = Việc khác
category-not_a_tip = Không phải tin báo
urgency-emergency = 🚨 KHẨN CẤP
urgency-urgent = ⚡ Gấp
urgency-normal = Bình thường

## Hoạt động của mô hình

joined-group = Chào mừng! Từ giờ { $group } ghi hoạt động ngay tại đây.
activity-which-kind = Mô hình vừa làm gì?
activity-tell = Kể trong một tin: lúc nào, mấy người, mấy hộ, kết quả. Ví dụ “22h-1h, 3 người, ấp 4, bình yên”. Kèm ảnh cũng được.
activity-tell-again = Gõ lại cho đúng, hoặc gửi ảnh để thêm vào.
activity-send-photo = Mời gửi ảnh của hoạt động này.
activity-unclear = Chưa rõ lúc nào, mấy người. Ví dụ: “22h-1h, 3 người, ấp 4”.
activity-logged = ✅ Đã ghi hoạt động:
activity-fixed = ✏️ Đã sửa:
activity-line = { $kind } · { $when }
activity-about = khoảng { $when }
activity-people = { $n } người tham gia
activity-households = { $n } hộ
activity-count = Số lượng: { $n }
activity-result-succeeded = Hòa giải thành
activity-result-failed = Hòa giải không thành
activity-result-partly = Hòa giải thành một phần
activity-missing-started_at = Làm lúc nào?
activity-missing-ended_at = Đến mấy giờ?
activity-missing-people = Có mấy người tham gia?
activity-missing-households = Được mấy hộ?
activity-missing-count = Số lượng bao nhiêu?
activity-missing-result = Hòa giải có thành không?
activity-missing-place = Ở đâu?
activity-add-missing = Chọn «Sửa» rồi gõ lại cả dòng cho đủ.
activity-photo-kept = Đã thêm ảnh. Gửi tiếp được nữa.
activity-delete-sure = Xóa hoạt động này?
activity-deleted = Đã xóa.
no-activities = Chưa ghi hoạt động nào. Nhắn một dòng, ví dụ “tuần tra 3 người 22h-1h ấp 4”.
month-title = { $group }, tháng { $month }: { $count } hoạt động
month-line = • { $kind }: { $times } lần{ $people ->
        [0] { "" }
       *[other] , { $people } lượt người
    }{ $households ->
        [0] { "" }
       *[other] , { $households } lượt hộ
    }{ $count ->
        [0] { "" }
       *[other] , số lượng { $count }
    }{ $succeeded ->
        [0] { "" }
       *[other] , { $succeeded } lần thành
    }{ $partly ->
        [0] { "" }
       *[other] , { $partly } lần thành một phần
    }{ $failed ->
        [0] { "" }
       *[other] , { $failed } lần không thành
    }
month-empty = { $group }, tháng { $month }: chưa ghi hoạt động nào.
button-log = 📝 Ghi hoạt động
button-activities = 📒 Hoạt động
button-month = 📊 Tổng kết tháng
button-this-month = Tháng này
button-last-month = Tháng trước
button-fix = ✏️ Sửa
button-delete = 🗑 Xóa
button-delete-yes = Xóa
button-add-photo = 📷 Thêm ảnh
activity-patrol = Tuần tra
activity-awareness = Tuyên truyền
activity-mediation = Hòa giải
activity-fire_check = Kiểm tra PCCC
activity-lodging_check = Kiểm tra lưu trú
activity-works = Camera, chiếu sáng
activity-meeting = Sinh hoạt
activity-pledge = Ký cam kết
activity-hand_in = Giao nộp vũ khí, pháo
activity-reintegration_help = Giúp người hoàn lương
activity-tip_passed_on = Chuyển tin báo
activity-other = Việc khác

## Nhắc hạn và tuyên truyền

remind-before = 🗓 Còn { $days } ngày là hết hạn: { $title } (chậm nhất { $day }).
remind-today = 🗓 Hôm nay là hạn cuối: { $title }.
remind-late = ⚠️ Đã quá hạn { $days } ngày: { $title } (hạn { $day }).
remind-period = Số liệu tính từ { $start } đến { $end }.
button-report-done = ✅ Đã gửi báo cáo
report-noted = Đã ghi: { $title } đã gửi. Cảm ơn đồng chí.
awareness =
    📢 { $title }
    { $text }
