channel-zalo_bot = Zalo (bot)
channel-zalo_oa = Zalo OA

# Lines that only Zalo needs, where no files and no maps can be sent.
zalo-files = { $count } files come with this, which Zalo cannot carry. Please see them on the web chat or Telegram; type /noi to link one of them.
zalo-place = 📍 { $latitude }, { $longitude }
