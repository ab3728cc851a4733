# 日本語。始めたばかり。ないものは英語で表示される。

title-line = 町の下に機械をつくろう。水を止めるな。
title-play = プレイ
title-codex = どこまで本物？
codex-title = どこまで本物？
sage = 賢者
objectives = 目標
button-flow = 水を流す
button-back = 戻る
button-retry = もう一度
button-plan = 設計を直す
tool-pipe = パイプ
debrief-won = 町に水が届いた。
debrief-lost = まだまだ。
