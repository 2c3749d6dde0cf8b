<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>All photos are captioned</source>
        <translation>所有照片都已有说明</translation>
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
        <translation>说明生成已停止。</translation>
    </message>
    <message>
        <source>Captioning {done} of {total}</source>
        <translation>正在生成说明：{done} / {total}</translation>
    </message>
    <message>
        <source>Captioning…</source>
        <translation>正在生成说明…</translation>
    </message>
    <message>
        <source>Demo model</source>
        <translation>演示模型</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>正在查找照片…</translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <translation>NVIDIA GPU</translation>
    </message>
    <message>
        <source>Not watching</source>
        <translation>未监视</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Paused · {count} waiting</source>
        <translation>已暂停 · {count} 张等待中</translation>
    </message>
    <message>
        <source>Paused · {n} caption to write</source>
        <translation>已暂停 · {n} 条说明待写入</translation>
    </message>
    <message>
        <source>Paused · {n} captions to write</source>
        <translation>已暂停 · {n} 条说明待写入</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Progress {percent} percent</source>
        <translation>进度百分之 {percent}</translation>
    </message>
    <message>
        <source>Reading captions for search: {done} of {total}</source>
        <translation>正在为搜索读取说明：{done} / {total}</translation>
    </message>
    <message>
        <source>Reading pictures for search: {done} of {total}</source>
        <translation>正在为搜索分析照片：{done} / {total}</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Show these photos and what helps</source>
        <translation>显示这些照片和解决办法</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>The demo model only understands drawn scenes</source>
        <translation>演示模型只能理解绘制的场景</translation>
    </message>
    <message>
        <source>Use a model for real photos</source>
        <translation>使用适合真实照片的模型</translation>
    </message>
    <message>
        <source>Watching {n} folder</source>
        <translation>正在监视 {n} 个文件夹</translation>
    </message>
    <message>
        <source>Watching {n} folders</source>
        <translation>正在监视 {n} 个文件夹</translation>
    </message>
    <message>
        <source>Writing captions: {done} of {total}</source>
        <translation>正在写入说明：{done} / {total}</translation>
    </message>
    <message>
        <source>about {days} days</source>
        <translation>约 {days} 天</translation>
    </message>
    <message>
        <source>about {hours} h</source>
        <translation>约 {hours} 小时</translation>
    </message>
    <message>
        <source>about {hours} h {minutes} min</source>
        <translation>约 {hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>about {minutes} min</source>
        <translation>约 {minutes} 分钟</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>不到 1 分钟</translation>
    </message>
    <message>
        <source>{count} could not be read</source>
        <translation>{count} 张无法读取</translation>
    </message>
    <message>
        <source>{done} of {total} captioned</source>
        <translation>{total} 张中已有 {done} 张配有说明</translation>
    </message>
    <message>
        <source>{model} on {device}, {precision}</source>
        <translation>{model}（{device}，{precision}）</translation>
    </message>
    <message>
        <source>{model}: loaded when there is something to caption</source>
        <translation>{model}：有照片需要生成说明时才会加载</translation>
    </message>
    <message>
        <source>{rate} photos/min</source>
        <translation>{rate} 张/分钟</translation>
    </message>
    <message>
        <source>{rate} photos/s</source>
        <translation>{rate} 张/秒</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余{time}</translation>
    </message>
</context>
</TS>
