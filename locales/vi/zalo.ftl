channel-zalo_bot = Zalo (bot)
channel-zalo_oa = Zalo OA

# Những dòng chỉ có trong Zalo, nơi không gửi được tệp hoặc bản đồ.
zalo-files = Có { $count } tệp kèm theo mà Zalo không chuyển được. Xin xem ở trang chat trên web hoặc Telegram; gõ /noi để nối thêm nơi đó.
zalo-place = 📍 { $latitude }, { $longitude }
