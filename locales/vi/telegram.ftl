channel-telegram = Telegram

# Danh sách lệnh hiện ra khi bấm nút "/" trong Telegram: tên lệnh (chữ thường, không dấu) và công dụng.
telegram-help-command = trogiup
telegram-help-about = Cách gửi tin báo, số điện thoại khẩn cấp
telegram-mine-command = tin
telegram-mine-about = Các tin báo của tôi
telegram-code-command = tra
telegram-code-about = Tra cứu tin báo bằng mã
telegram-language-command = ngonngu
telegram-language-about = Đổi ngôn ngữ / Change language
telegram-log-command = ghi
telegram-log-about = Ghi một hoạt động của mô hình
telegram-activities-command = hoatdong
telegram-activities-about = Các hoạt động đã ghi
telegram-month-command = thang
telegram-month-about = Tổng hợp tháng này
telegram-cases-command = viec
telegram-cases-about = Các vụ việc đang xử lý
telegram-duty-command = truc
telegram-duty-about = Nhận ca trực
