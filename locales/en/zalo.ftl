# Lines that only Zalo needs, where no files and no maps can be sent.
zalo-files = { $count } files come with this, which Zalo cannot carry; see them on the console.
zalo-place = 📍 { $latitude }, { $longitude }
