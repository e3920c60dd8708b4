# Những dòng chỉ có trong Zalo, nơi không gửi được tệp hoặc bản đồ.
zalo-files = Có { $count } tệp kèm theo, không gửi được qua Zalo; xem ở bảng điều khiển.
zalo-place = 📍 { $latitude }, { $longitude }
