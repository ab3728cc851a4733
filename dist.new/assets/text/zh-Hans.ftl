# 简体中文。刚刚开始；缺少的文字用英语显示。

title-line = 在城镇的地下建造机器，让水一直流动。
title-play = 开始
title-codex = 有多真实？
codex-title = 有多真实？
sage = 贤者
objectives = 目标
button-flow = 放水
button-back = 返回
button-retry = 再来一次
button-plan = 修改设计
tool-pipe = 管道
debrief-won = 城镇有水了。
debrief-lost = 还不行。
