<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>All photos are captioned</source>
        <translation>すべての写真にキャプションが付いています</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <translation>Apple GPU</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Captioning stopped.</source>
        <translation>キャプションの作成が停止しました。</translation>
    </message>
    <message>
        <source>Captioning {done} of {total}</source>
        <translation>キャプションを作成中: {done} / {total}</translation>
    </message>
    <message>
        <source>Captioning…</source>
        <translation>キャプションを作成中…</translation>
    </message>
    <message>
        <source>Demo model</source>
        <translation>デモモデル</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>モデルを読み込み中…</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>写真を探しています…</translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <translation>NVIDIA GPU</translation>
    </message>
    <message>
        <source>Not watching</source>
        <translation>監視していません</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>Paused · {count} waiting</source>
        <translation>一時停止中 · {count} 件が待機中</translation>
    </message>
    <message>
        <source>Paused · {n} caption to write</source>
        <translation>一時停止中 · 書き込み待ちのキャプション {n} 件</translation>
    </message>
    <message>
        <source>Paused · {n} captions to write</source>
        <translation>一時停止中 · 書き込み待ちのキャプション {n} 件</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>進行状況</translation>
    </message>
    <message>
        <source>Progress {percent} percent</source>
        <translation>進行状況 {percent} パーセント</translation>
    </message>
    <message>
        <source>Reading captions for search: {done} of {total}</source>
        <translation>検索用にキャプションを読み込み中: {done} / {total}</translation>
    </message>
    <message>
        <source>Reading pictures for search: {done} of {total}</source>
        <translation>検索用に写真を解析中: {done} / {total}</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>準備完了</translation>
    </message>
    <message>
        <source>Show these photos and what helps</source>
        <translation>該当する写真と対処方法を表示</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>起動中…</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>停止しました</translation>
    </message>
    <message>
        <source>The demo model only understands drawn scenes</source>
        <translation>デモモデルが理解できるのは描かれた情景だけです</translation>
    </message>
    <message>
        <source>Use a model for real photos</source>
        <translation>実際の写真用のモデルを使う</translation>
    </message>
    <message>
        <source>Watching {n} folder</source>
        <translation>{n} 個のフォルダーを監視中</translation>
    </message>
    <message>
        <source>Watching {n} folders</source>
        <translation>{n} 個のフォルダーを監視中</translation>
    </message>
    <message>
        <source>Writing captions: {done} of {total}</source>
        <translation>キャプションを書き込み中: {done} / {total}</translation>
    </message>
    <message>
        <source>about {days} days</source>
        <translation>約 {days} 日</translation>
    </message>
    <message>
        <source>about {hours} h</source>
        <translation>約 {hours} 時間</translation>
    </message>
    <message>
        <source>about {hours} h {minutes} min</source>
        <translation>約 {hours} 時間 {minutes} 分</translation>
    </message>
    <message>
        <source>about {minutes} min</source>
        <translation>約 {minutes} 分</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>1 分未満</translation>
    </message>
    <message>
        <source>{count} could not be read</source>
        <translation>{count} 件を読み取れませんでした</translation>
    </message>
    <message>
        <source>{done} of {total} captioned</source>
        <translation>{total} 件中 {done} 件にキャプションあり</translation>
    </message>
    <message>
        <source>{model} on {device}, {precision}</source>
        <translation>{model}（{device}、{precision}）</translation>
    </message>
    <message>
        <source>{model}: loaded when there is something to caption</source>
        <translation>{model}: キャプションを付ける写真があるときに読み込まれます</translation>
    </message>
    <message>
        <source>{rate} photos/min</source>
        <translation>{rate} 枚/分</translation>
    </message>
    <message>
        <source>{rate} photos/s</source>
        <translation>{rate} 枚/秒</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>残り{time}</translation>
    </message>
</context>
</TS>
