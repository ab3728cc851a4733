# Settings, the game's menu, and what is told of what is kept between two games.

store-set-aside = What was kept from the last game could not be read. It is set aside, and the game begins without it.
store-sealed = What was kept from the last game could not be read. It is left as it is, and nothing new is kept.
store-full = There is no room left on this device: what you choose now is forgotten when the game ends.
store-forbidden = Nothing can be kept on this device: what you choose now is forgotten when the game ends.
