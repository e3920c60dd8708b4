channel-tiny = Tiny của chúng mình
