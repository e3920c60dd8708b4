### Một kế hoạch như người đọc thấy nó (lệnh `tinbao plan show`).

## Mở đầu

plan-title = Kế hoạch { $code }: { $title }
plan-source = Nguồn: { $source }
plan-in-force = Đang có hiệu lực ở đây: thời hạn, phân luồng và số gọi khẩn theo kế hoạch này.
plan-loaded = Đã nạp: có lịch báo cáo, mô hình và tin tuyên truyền; thời hạn, phân luồng và số gọi khẩn theo kế hoạch khác.
plan-shipped = Có sẵn trong bộ cài, chưa nạp ở đây.
plan-entry = { $title } [{ $code }]
plan-sourced = { $what } ({ $source })
plan-units = Đơn vị
plan-unit = { $code } { $name }
plan-unit-was = Trước đây: { $names }
plan-notes = Ghi chú

## Báo cáo phải gửi

plan-obligations = Báo cáo, họp, kế hoạch phải làm
plan-owed-by = Nơi thực hiện: { $unit }
plan-each-commune = mỗi xã, phường dùng hệ thống này
plan-due = Hạn tới: { $day } (số liệu từ { $start } đến { $end })
plan-due-on-demand = Hạn: khi có yêu cầu
plan-due-past = Hạn đã qua và không lặp lại
plan-told = Nhắc
plan-remind = Nhắc trước hạn { $before } ngày; quá hạn { $first } ngày nhắc lại, rồi cứ { $then } ngày một lần, nhiều nhất { $most } lần
plan-remind-before = Nhắc trước hạn { $before } ngày; quá hạn không nhắc lại
plan-late-send = Lỡ lúc máy ngừng: vẫn gửi
plan-late-skip = Lỡ lúc máy ngừng: bỏ qua
role-unit_chat = nhóm chat của đơn vị

## Tin tuyên truyền

plan-campaigns = Tin tuyên truyền
plan-send-next = Gửi lần tới: { $clock } ngày { $day }
plan-send-never = Không còn lần gửi nào
plan-to = Gửi cho
plan-to-all = Gửi cho: mọi người trong các đơn vị của kế hoạch
plan-text = “{ $text }”
plan-picture = Ảnh: { $name }

## Chỉ tiêu, khen thưởng, mô hình

plan-indicators = Chỉ tiêu
plan-target = Mục tiêu: { $target }
plan-at_least = ít nhất { $figure }
plan-more_than = trên { $figure }
plan-at_most = nhiều nhất { $figure }
plan-less_than = dưới { $figure }
plan-drop = giảm { $target }
plan-rise = tăng { $target }
plan-percent = { $n } %
plan-percent-part = { $whole },{ $part } %
plan-computed = Cách tính: từ dữ liệu của hệ thống ({ $measure })
plan-entered = Cách tính: người phụ trách nhập theo từng kỳ
plan-no-figure = Kết quả: chưa có số liệu
measure-tips_handled = tin báo đã được nhận xử lý trên tổng số tin báo
measure-tips_resolved = tin báo đã giải quyết xong trên tổng số tin báo
measure-households_reached = hộ dân đã nhận được tin tuyên truyền trên tổng số hộ
measure-groups_with_chat = mô hình có nhóm chat trên tổng số mô hình
measure-groups_active = mô hình có hoạt động trên tổng số mô hình
plan-awards = Khen thưởng
plan-awards-caps = Đề nghị nhiều nhất { $collectives } tập thể, { $individuals } cá nhân; lãnh đạo nhiều nhất { $share } số cá nhân ({ $leaders } người)
plan-groups = Mô hình đã có
plan-group = { $model }, { $unit }; { $homes } hộ

## Quy định

plan-hotlines = Số gọi khẩn
plan-hotline = { $number } { $name } [{ $code }]
plan-categories = Loại việc
plan-handling-criminal = Theo thời hạn giải quyết tố giác, tin báo về tội phạm ({ $desk } nhận trước)
plan-handling-denunciation = Theo thời hạn giải quyết tố cáo ({ $desk } nhận trước)
plan-handling-service = Theo thời hạn trả lời của xã, phường ({ $desk } nhận trước)
plan-desk-commune = công an xã, phường
plan-desk-province = trực ban tỉnh
plan-routing = Phân luồng
plan-accuses-police = Tin tố công an: { $desk }
plan-accuses-official = Tin tố cán bộ, chính quyền: { $desk }
plan-no-unit = Tin không rõ xã, phường, khi hệ thống không phục vụ riêng nơi nào: { $unit }
plan-difficult = Đơn vị khó khăn, được báo cáo chậm hơn
plan-limits = Thời hạn
plan-take = { $urgency }: sau { $commander } chưa ai nhận thì báo chỉ huy, sau { $province } thì báo trực ban tỉnh
plan-criminal-report = Tội phạm: báo cáo trong { $report } (đơn vị khó khăn: { $difficult }), chuyển hồ sơ trong { $file }
plan-criminal-decide = Tội phạm: quyết định trong { $decide }
plan-criminal-extend = Tội phạm: gia hạn mỗi lần { $months } tháng, nhiều nhất { $times } lần, đề nghị trước khi hết hạn { $before }
plan-denunciation = Tố cáo: giải quyết trong { $decide }, gia hạn mỗi lần { $extend }, nhiều nhất { $times } lần
plan-service = Việc khác: trả lời trong { $answer }
seconds = { $n } giây
plan-care = Giữ kín, chống gửi dồn, lưu giữ
plan-anonymous = Người báo được giấu tên cho đến khi tự cho biết
plan-named = Công an thấy cách liên lạc với người báo ngay từ đầu
plan-flood = Một người: quá { $messages } tin nhắn một phút thì không trả lời từng tin, quá { $tips } tin báo một giờ thì không báo động
plan-retention = Xóa dữ liệu cá nhân sau: hồ sơ { $cases } ngày, ảnh và tệp { $media } ngày, tin nhắn gốc { $inbox } ngày, lời kể hoạt động { $activities } ngày
plan-activities = Loại hoạt động
plan-models = Loại mô hình
