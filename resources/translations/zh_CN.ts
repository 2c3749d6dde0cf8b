<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>--length-penalty compares the captions of a search.</source>
        <translation>--length-penalty 用于比较搜索得到的说明。</translation>
    </message>
    <message>
        <source>--top-p and --temperature are for drawing words at random.</source>
        <translation>--top-p 和 --temperature 用于随机选词。</translation>
    </message>
    <message>
        <source>1 GB</source>
        <translation>1 GB</translation>
    </message>
    <message>
        <source>16 GB</source>
        <translation>16 GB</translation>
    </message>
    <message>
        <source>256 MB</source>
        <translation>256 MB</translation>
    </message>
    <message>
        <source>3 or more</source>
        <translation>3 及以上</translation>
    </message>
    <message>
        <source>4 GB</source>
        <translation>4 GB</translation>
    </message>
    <message>
        <source>4 or more</source>
        <translation>4 及以上</translation>
    </message>
    <message>
        <source>5</source>
        <translation>5</translation>
    </message>
    <message>
        <source>64 MB</source>
        <translation>64 MB</translation>
    </message>
    <message>
        <source>A SOCKS proxy is set, which cannot be used.</source>
        <translation>设置了 SOCKS 代理，无法使用。</translation>
    </message>
    <message>
        <source>A caption cannot have at least {min_new_tokens} tokens and at most {max_new_tokens}.</source>
        <translation>说明不可能至少 {min_new_tokens} 个词元又最多 {max_new_tokens} 个。</translation>
    </message>
    <message>
        <source>A caption or keywords that you changed here.</source>
        <translation>你在这里更改过的说明或标签。</translation>
    </message>
    <message>
        <source>A caption.</source>
        <translation>说明。</translation>
    </message>
    <message>
        <source>A closed question needs at least two choices.</source>
        <translation>封闭式问题至少需要两个选项。</translation>
    </message>
    <message>
        <source>A folder is not connected any more</source>
        <translation>一个文件夹已断开连接</translation>
    </message>
    <message>
        <source>A keyword needs at least one letter.</source>
        <translation>标签至少需要一个字。</translation>
    </message>
    <message>
        <source>A link; it is looked at by the next scan.</source>
        <translation>是链接；下次扫描时会查看。</translation>
    </message>
    <message>
        <source>A little like {name}</source>
        <translation>与 {name} 略相似</translation>
    </message>
    <message>
        <source>A metadata file beside it.</source>
        <translation>照片旁的元数据文件。</translation>
    </message>
    <message>
        <source>A part of the metadata was not read: {problem}.</source>
        <translation>部分元数据未能读取：{problem}。</translation>
    </message>
    <message>
        <source>A part of the sentence model is damaged ({why}): search finds by words alone.</source>
        <translation>句子模型的一部分已损坏（{why}）：搜索仅按词语进行。</translation>
    </message>
    <message>
        <source>A person&apos;s caption is known; {done}.</source>
        <translation>已有人工说明；{done}。</translation>
    </message>
    <message>
        <source>A person&apos;s caption may stand in {place}, which could not be understood.</source>
        <translation>{place} 中可能有人工说明，但无法理解。</translation>
    </message>
    <message>
        <source>A person&apos;s caption stands in {place}; {done}.</source>
        <translation>{place} 中有人工说明；{done}。</translation>
    </message>
    <message>
        <source>A person&apos;s caption stands in {place}; {done}; undo brings it back.</source>
        <translation>{place} 中有人工说明；{done}；撤销即可恢复。</translation>
    </message>
    <message>
        <source>A photo that gets a caption keeps the date of its file</source>
        <translation>写入说明的照片保留其文件日期</translation>
    </message>
    <message>
        <source>A place, written by the camera.</source>
        <translation>相机记录的地点。</translation>
    </message>
    <message>
        <source>A program&apos;s own data stand in {place}.</source>
        <translation>{place} 中有某个程序自己的数据。</translation>
    </message>
    <message>
        <source>A proxy or firewall may forbid it.</source>
        <translation>可能被代理或防火墙禁止。</translation>
    </message>
    <message>
        <source>A question that was asked about it.</source>
        <translation>就其提出过的问题。</translation>
    </message>
    <message>
        <source>ASK ABOUT THIS PHOTO</source>
        <translation>就此照片提问</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Add --num-beams.</source>
        <translation>请加上 --num-beams。</translation>
    </message>
    <message>
        <source>Add --sample.</source>
        <translation>请加上 --sample。</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Add a folder (Ctrl+O)</source>
        <translation>添加文件夹 (Ctrl+O)</translation>
    </message>
    <message>
        <source>Add a folder with photos</source>
        <translation>添加照片文件夹</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>Add another folder</source>
        <translation>再添加一个文件夹</translation>
    </message>
    <message>
        <source>Add as a comment: the caption goes into the comment field that Windows shows, where that is free.</source>
        <translation>添加为注释：如果 Windows 显示的注释字段为空，说明写入其中。</translation>
    </message>
    <message>
        <source>Add as tag</source>
        <translation>添加为标签</translation>
    </message>
    <message>
        <source>Add below: the caption goes into a line of its own below the person&apos;s.</source>
        <translation>追加在下方：说明另起一行，放在原说明下方。</translation>
    </message>
    <message>
        <source>Add comments to photos that people captioned?</source>
        <translation>为他人已写说明的照片添加注释？</translation>
    </message>
    <message>
        <source>Add filter</source>
        <translation>添加筛选条件</translation>
    </message>
    <message>
        <source>Add it again.</source>
        <translation>请重新添加。</translation>
    </message>
    <message>
        <source>Add it in the settings of your system instead.</source>
        <translation>请改在系统设置中添加。</translation>
    </message>
    <message>
        <source>Add tag</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>Add tags</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>Add tags…</source>
        <translation>添加标签…</translation>
    </message>
    <message>
        <source>Add this answer as a tag</source>
        <translation>将此回答添加为标签</translation>
    </message>
    <message>
        <source>Add to captions that people wrote?</source>
        <translation>追加到人工撰写的说明之后？</translation>
    </message>
    <message>
        <source>Add to the favourites</source>
        <translation>加入收藏</translation>
    </message>
    <message>
        <source>Add to the favourites (F)</source>
        <translation>加入收藏 (F)</translation>
    </message>
    <message>
        <source>Added by you</source>
        <translation>由你添加</translation>
    </message>
    <message>
        <source>Added to the favourites</source>
        <translation>已加入收藏</translation>
    </message>
    <message>
        <source>Adding tags</source>
        <translation>正在添加标签</translation>
    </message>
    <message>
        <source>Adding {tag}</source>
        <translation>正在添加{tag}</translation>
    </message>
    <message>
        <source>After 1 minute</source>
        <translation>1 分钟后</translation>
    </message>
    <message>
        <source>After 10 minutes</source>
        <translation>10 分钟后</translation>
    </message>
    <message>
        <source>After 30 minutes</source>
        <translation>30 分钟后</translation>
    </message>
    <message>
        <source>After 5 minutes</source>
        <translation>5 分钟后</translation>
    </message>
    <message>
        <source>After an hour</source>
        <translation>1 小时后</translation>
    </message>
    <message>
        <source>After so long without work the models are unloaded; they come back by themselves.</source>
        <translation>闲置这么久后模型会被卸载；需要时会自动重新加载。</translation>
    </message>
    <message>
        <source>Agree to them at https://{host}/{repo}, make a token there, set HF_TOKEN to it, and try again.</source>
        <translation>请在 https://{host}/{repo} 同意条款，在那里创建令牌，将其设为 HF_TOKEN，然后重试。</translation>
    </message>
    <message>
        <source>All decided</source>
        <translation>全部已决定</translation>
    </message>
    <message>
        <source>All is here: trying it on a picture…</source>
        <translation>已全部就绪：正在用图片试运行…</translation>
    </message>
    <message>
        <source>All its photos follow. Later captions use the new name too; this can be taken back.</source>
        <translation>其所有照片都会随之更改，以后的说明也使用新名称；可以撤销。</translation>
    </message>
    <message>
        <source>All its photos get the other tag instead. Later captions get it too; this can be taken back.</source>
        <translation>其所有照片将改用另一个标签，以后的说明也一样；可以撤销。</translation>
    </message>
    <message>
        <source>All of them have it</source>
        <translation>所有照片都有</translation>
    </message>
    <message>
        <source>All of them have these tags already</source>
        <translation>所有照片都已有这些标签</translation>
    </message>
    <message>
        <source>All of them have {tag} already</source>
        <translation>所有照片都已有{tag}</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>所有照片</translation>
    </message>
    <message>
        <source>All photos are captioned</source>
        <translation>所有照片都已有说明</translation>
    </message>
    <message>
        <source>All questions</source>
        <translation>所有问题</translation>
    </message>
    <message>
        <source>Allow your user account to read and write it.</source>
        <translation>请允许你的用户账户读写它。</translation>
    </message>
    <message>
        <source>Allow your user account to read it.</source>
        <translation>请允许你的用户账户读取它。</translation>
    </message>
    <message>
        <source>Allow your user account to write its folder.</source>
        <translation>请允许你的用户账户写入其文件夹。</translation>
    </message>
    <message>
        <source>Allow your user account to write there, or choose another one with --data-dir.</source>
        <translation>请允许你的用户账户在那里写入，或用 --data-dir 另选一个。</translation>
    </message>
    <message>
        <source>An earlier download of this model has not ended yet.</source>
        <translation>此模型之前的下载尚未结束。</translation>
    </message>
    <message>
        <source>An empty path names nothing.</source>
        <translation>空路径没有指向任何内容。</translation>
    </message>
    <message>
        <source>Another caption</source>
        <translation>另一条说明</translation>
    </message>
    <message>
        <source>Another photo shows the very same picture.</source>
        <translation>另有照片画面完全相同。</translation>
    </message>
    <message>
        <source>Another program changed it between run {first} and run {last}: it goes back to what that one left, no further.</source>
        <translation>在第 {first} 次与第 {last} 次运行之间，有其他程序更改了它：只恢复到那个程序留下的状态，不再往前。</translation>
    </message>
    <message>
        <source>Another program has written into it since: it was left as it is.</source>
        <translation>之后有其他程序写入过，因此保持原样。</translation>
    </message>
    <message>
        <source>Another program&apos;s lists go on holding what was taken off: {keywords} and {count} more.</source>
        <translation>其他程序的列表中仍有已去掉的标签：{keywords} 等，另有 {count} 个。</translation>
    </message>
    <message>
        <source>Another program&apos;s lists go on holding what was taken off: {keywords}.</source>
        <translation>其他程序的列表中仍有已去掉的标签：{keywords}。</translation>
    </message>
    <message>
        <source>Answer with yes or no only</source>
        <translation>只回答是或否</translation>
    </message>
    <message>
        <source>Answer: {answer}</source>
        <translation>回答：{answer}</translation>
    </message>
    <message>
        <source>Answered without {n} earlier question: the model takes no more at a time.</source>
        <translation>回答时未包含之前的 {n} 个问题：模型一次无法接收更多。</translation>
    </message>
    <message>
        <source>Answered without {n} earlier questions: the model takes no more at a time.</source>
        <translation>回答时未包含之前的 {n} 个问题：模型一次无法接收更多。</translation>
    </message>
    <message>
        <source>Answering model</source>
        <translation>回答模型</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Answers to choose from</source>
        <translation>可选的回答</translation>
    </message>
    <message>
        <source>Any word that begins so: dogs, doghouse. The last word needs no star while it is typed.</source>
        <translation>以此开头的任何词：dogs、doghouse。正在输入的最后一个词不需要星号。</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <translation>Apple GPU</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Arrow keys go through the dates, with Shift over several; Enter shows their photos, Delete shows all again</source>
        <translation>方向键浏览日期，按住 Shift 可选多个；Enter 显示其照片，Delete 重新显示全部</translation>
    </message>
    <message>
        <source>Arrow keys go to other photos, Escape closes</source>
        <translation>方向键转到其他照片，Escape 关闭</translation>
    </message>
    <message>
        <source>Arrow keys open and close folders, Enter shows their photos</source>
        <translation>方向键展开或收起文件夹，Enter 显示其照片</translation>
    </message>
    <message>
        <source>As 7B, and knows more.</source>
        <translation>与 7B 相同，但知识更多。</translation>
    </message>
    <message>
        <source>As XL, and knows more.</source>
        <translation>与 XL 相同，但知识更多。</translation>
    </message>
    <message>
        <source>As base, a little surer, three times slower.</source>
        <translation>与 base 相同，稍更可靠，但慢三倍。</translation>
    </message>
    <message>
        <source>As base, trained on filtered captions: better answers.</source>
        <translation>与 base 相同，用筛选过的说明训练：回答更好。</translation>
    </message>
    <message>
        <source>As base, tuned on photos of people and what they do.</source>
        <translation>与 base 相同，针对人物及其活动的照片调校。</translation>
    </message>
    <message>
        <source>As blip2-itm-vit-g, tuned on COCO.</source>
        <translation>与 blip2-itm-vit-g 相同，针对 COCO 调校。</translation>
    </message>
    <message>
        <source>As it was before</source>
        <translation>已恢复原样</translation>
    </message>
    <message>
        <source>As large, tuned on photos of people and what they do.</source>
        <translation>与 large 相同，针对人物及其活动的照片调校。</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Ask (Enter)</source>
        <translation>提问 (Enter)</translation>
    </message>
    <message>
        <source>Ask a question</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Ask about this photo</source>
        <translation>就此照片提问</translation>
    </message>
    <message>
        <source>Ask about this photo…</source>
        <translation>就此照片用英文提问…</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再次提问</translation>
    </message>
    <message>
        <source>Ask again where this model has answered before</source>
        <translation>此模型已回答过的也再次询问</translation>
    </message>
    <message>
        <source>Ask all of them…</source>
        <translation>询问全部…</translation>
    </message>
    <message>
        <source>Ask in other words, or try another model.</source>
        <translation>请换个说法提问，或尝试其他模型。</translation>
    </message>
    <message>
        <source>Ask it in other words.</source>
        <translation>请换一种说法提问。</translation>
    </message>
    <message>
        <source>Ask it in {most} at most: a model may hear no more.</source>
        <translation>请控制在 {most} 个字符以内：模型无法接收更多。</translation>
    </message>
    <message>
        <source>Ask many photos</source>
        <translation>向多张照片提问</translation>
    </message>
    <message>
        <source>Ask these again</source>
        <translation>再次询问这些</translation>
    </message>
    <message>
        <source>Ask this question again</source>
        <translation>再次提出此问题</translation>
    </message>
    <message>
        <source>Ask {photos}</source>
        <translation>询问 {photos}</translation>
    </message>
    <message>
        <source>Ask: {question}</source>
        <translation>提问：{question}</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Asked earlier</source>
        <translation>以前提问过的</translation>
    </message>
    <message>
        <source>Asking for it…</source>
        <translation>正在请求…</translation>
    </message>
    <message>
        <source>Asking: {done} of {total}</source>
        <translation>正在提问：{done} / {total}</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>BLIP captioning, base</source>
        <translation>BLIP 说明（base）</translation>
    </message>
    <message>
        <source>BLIP captioning, large</source>
        <translation>BLIP 说明（large）</translation>
    </message>
    <message>
        <source>BLIP matching, base</source>
        <translation>BLIP 匹配（base）</translation>
    </message>
    <message>
        <source>BLIP matching, base (Flickr)</source>
        <translation>BLIP 匹配（base，Flickr）</translation>
    </message>
    <message>
        <source>BLIP matching, large</source>
        <translation>BLIP 匹配（large）</translation>
    </message>
    <message>
        <source>BLIP matching, large (Flickr)</source>
        <translation>BLIP 匹配（large，Flickr）</translation>
    </message>
    <message>
        <source>BLIP question answering, CapFilt</source>
        <translation>BLIP 问答（CapFilt）</translation>
    </message>
    <message>
        <source>BLIP question answering, base</source>
        <translation>BLIP 问答（base）</translation>
    </message>
    <message>
        <source>BLIP-2 matching</source>
        <translation>BLIP-2 匹配</translation>
    </message>
    <message>
        <source>BLIP-2 matching, COCO</source>
        <translation>BLIP-2 匹配（COCO）</translation>
    </message>
    <message>
        <source>BLIP-2 with Flan-T5 XL</source>
        <translation>BLIP-2（Flan-T5 XL）</translation>
    </message>
    <message>
        <source>BLIP-2 with Flan-T5 XL, COCO</source>
        <translation>BLIP-2（Flan-T5 XL，COCO）</translation>
    </message>
    <message>
        <source>BLIP-2 with Flan-T5 XXL</source>
        <translation>BLIP-2（Flan-T5 XXL）</translation>
    </message>
    <message>
        <source>BLIP-2 with OPT 2.7B</source>
        <translation>BLIP-2（OPT 2.7B）</translation>
    </message>
    <message>
        <source>BLIP-2 with OPT 2.7B, COCO</source>
        <translation>BLIP-2（OPT 2.7B，COCO）</translation>
    </message>
    <message>
        <source>BLIP-2 with OPT 6.7B</source>
        <translation>BLIP-2（OPT 6.7B）</translation>
    </message>
    <message>
        <source>BLIP-2 with OPT 6.7B, COCO</source>
        <translation>BLIP-2（OPT 6.7B，COCO）</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Back from them</source>
        <translation>返回原来的照片</translation>
    </message>
    <message>
        <source>Back to what it was</source>
        <translation>恢复原值</translation>
    </message>
    <message>
        <source>Back to: {value}</source>
        <translation>恢复为：{value}</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>后台</translation>
    </message>
    <message>
        <source>Becomes as it was before</source>
        <translation>将恢复原样</translation>
    </message>
    <message>
        <source>Begin without waiting</source>
        <translation>不等待，直接开始</translation>
    </message>
    <message>
        <source>Being captioned…</source>
        <translation>正在生成说明…</translation>
    </message>
    <message>
        <source>Beside the photo</source>
        <translation>写在照片旁</translation>
    </message>
    <message>
        <source>Beside the photos</source>
        <translation>写在照片旁</translation>
    </message>
    <message>
        <source>Best match</source>
        <translation>最佳匹配</translation>
    </message>
    <message>
        <source>BlipDesk</source>
        <translation>BlipDesk</translation>
    </message>
    <message>
        <source>BlipDesk always keeps them itself. Every change to a photo file can be taken back.</source>
        <translation>BlipDesk 自身始终保留说明。对照片文件的每次更改都可以撤回。</translation>
    </message>
    <message>
        <source>BlipDesk cannot be started with the computer: {reason}.</source>
        <translation>无法随电脑启动 BlipDesk：{reason}。</translation>
    </message>
    <message>
        <source>BlipDesk captions every photo on this computer and makes it searchable. Nothing is uploaded, and your files stay as they are.</source>
        <translation>BlipDesk 在这台电脑上为每张照片生成说明，使其可以搜索。不会上传任何内容，你的文件保持原样。</translation>
    </message>
    <message>
        <source>BlipDesk did not write into this file: it came with what it holds, as a copy of a photo does that BlipDesk had written into. What stood there before is not known.</source>
        <translation>BlipDesk 没有写过此文件：它来时就有这些内容，例如是 BlipDesk 写过的照片的副本。之前的内容不得而知。</translation>
    </message>
    <message>
        <source>BlipDesk failed on this photo ({name}).</source>
        <translation>BlipDesk 处理这张照片时出错（{name}）。</translation>
    </message>
    <message>
        <source>BlipDesk has written nothing into these files, or it was taken back already.</source>
        <translation>BlipDesk 没有写入这些文件，或已经撤回。</translation>
    </message>
    <message>
        <source>BlipDesk has written nothing there</source>
        <translation>BlipDesk 没有在那里写入任何内容</translation>
    </message>
    <message>
        <source>BlipDesk is closing</source>
        <translation>BlipDesk 正在关闭</translation>
    </message>
    <message>
        <source>BlipDesk is closing.</source>
        <translation>BlipDesk 正在关闭。</translation>
    </message>
    <message>
        <source>BlipDesk is open already; its window is in front now.</source>
        <translation>BlipDesk 已经打开；其窗口已置于最前。</translation>
    </message>
    <message>
        <source>BlipDesk is paused.</source>
        <translation>BlipDesk 已暂停。</translation>
    </message>
    <message>
        <source>BlipDesk is paused: it goes on with the captions</source>
        <translation>BlipDesk 已暂停：随说明生成一起继续</translation>
    </message>
    <message>
        <source>BlipDesk loads it anew by itself; give a command again.</source>
        <translation>BlipDesk 会自行重新加载；请重试。</translation>
    </message>
    <message>
        <source>BlipDesk looks through the folder and everything inside it, and notices new photos by itself. Nothing is moved or renamed.</source>
        <translation>BlipDesk 会扫描该文件夹及其中的所有内容，并自动发现新照片。不会移动或重命名任何文件。</translation>
    </message>
    <message>
        <source>BlipDesk looks through these folders and notices new photos.</source>
        <translation>BlipDesk 会扫描这些文件夹并发现新照片。</translation>
    </message>
    <message>
        <source>BlipDesk ran into a problem</source>
        <translation>BlipDesk 遇到问题</translation>
    </message>
    <message>
        <source>BlipDesk starts in the tray when you log in, and captions what is new.</source>
        <translation>登录时 BlipDesk 在托盘中启动，并为新照片生成说明。</translation>
    </message>
    <message>
        <source>BlipDesk stays in the system tray, where it can be opened and quit. Where there is no tray, closing the window quits.</source>
        <translation>BlipDesk 会留在系统托盘中，可在那里打开和退出。没有托盘时，关闭窗口即退出。</translation>
    </message>
    <message>
        <source>BlipDesk was closed before this was answered.</source>
        <translation>回答之前 BlipDesk 已关闭。</translation>
    </message>
    <message>
        <source>BlipDesk was ended while it wrote this file, and another program has changed the file since: it was left as it is, and what stood there before is kept.</source>
        <translation>BlipDesk 在写入此文件时被终止，之后其他程序更改了该文件：文件保持原样，之前的内容已保留。</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>按天</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>按文件夹</translation>
    </message>
    <message>
        <source>By month</source>
        <translation>按月</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>CHOOSE A CAPTION</source>
        <translation>选择说明</translation>
    </message>
    <message>
        <source>COULD NOT BE READ · {count}</source>
        <translation>无法读取 · {count}</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Caption again</source>
        <translation>重新生成说明</translation>
    </message>
    <message>
        <source>Caption again with the model</source>
        <translation>用模型重新生成说明</translation>
    </message>
    <message>
        <source>Caption anew</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Caption begins with</source>
        <translation>说明的开头</translation>
    </message>
    <message>
        <source>Caption by</source>
        <translation>说明来源</translation>
    </message>
    <message>
        <source>Caption confirmed</source>
        <translation>说明已确认</translation>
    </message>
    <message>
        <source>Caption copied</source>
        <translation>已复制说明</translation>
    </message>
    <message>
        <source>Caption fits</source>
        <translation>说明吻合度</translation>
    </message>
    <message>
        <source>Caption only on mains power</source>
        <translation>仅在接通电源时生成说明</translation>
    </message>
    <message>
        <source>Caption only when the computer is idle</source>
        <translation>仅在电脑空闲时生成说明</translation>
    </message>
    <message>
        <source>Caption saved</source>
        <translation>说明已保存</translation>
    </message>
    <message>
        <source>Caption the selected photos again</source>
        <translation>为所选照片重新生成说明</translation>
    </message>
    <message>
        <source>Caption this folder first</source>
        <translation>优先处理此文件夹</translation>
    </message>
    <message>
        <source>Caption written</source>
        <translation>已写入的说明</translation>
    </message>
    <message>
        <source>Caption {folder} first</source>
        <translation>优先处理 {folder}</translation>
    </message>
    <message>
        <source>Caption {words} again?</source>
        <translation>要重新生成 {words}的说明吗？</translation>
    </message>
    <message>
        <source>Captioning</source>
        <translation>生成中</translation>
    </message>
    <message>
        <source>Captioning again did not work.</source>
        <translation>无法重新生成说明。</translation>
    </message>
    <message>
        <source>Captioning again keeps your own captions.</source>
        <translation>重新生成会保留你自己写的说明。</translation>
    </message>
    <message>
        <source>Captioning begins after these first steps</source>
        <translation>完成这些初始步骤后开始生成说明</translation>
    </message>
    <message>
        <source>Captioning is done</source>
        <translation>说明生成完成</translation>
    </message>
    <message>
        <source>Captioning model</source>
        <translation>说明模型</translation>
    </message>
    <message>
        <source>Captioning stopped through a fault in BlipDesk ({name}).</source>
        <translation>由于 BlipDesk 的故障，说明生成已停止（{name}）。</translation>
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
        <source>Captions</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Captions for your photos, made on this computer. Nothing is uploaded.</source>
        <translation>为你的照片生成说明，全部在这台电脑上完成。不会上传任何内容。</translation>
    </message>
    <message>
        <source>Captions go inside HEIC and AVIF photos as well</source>
        <translation>说明也写入 HEIC 和 AVIF 照片内部</translation>
    </message>
    <message>
        <source>Captions stay in BlipDesk: choose above where else they go.</source>
        <translation>说明保留在 BlipDesk 中：其他保存位置可在上方选择。</translation>
    </message>
    <message>
        <source>Captions stay in the catalog.</source>
        <translation>说明留在目录库中。</translation>
    </message>
    <message>
        <source>Captions taken back</source>
        <translation>已撤回说明</translation>
    </message>
    <message>
        <source>Captions that a model wrote.</source>
        <translation>模型撰写的说明。</translation>
    </message>
    <message>
        <source>Captions that may not fit their photo are listed here, until you change or confirm them.</source>
        <translation>可能与照片不符的说明会列在这里，直到你更改或确认。</translation>
    </message>
    <message>
        <source>Captions that stood in the file.</source>
        <translation>文件中原有的说明。</translation>
    </message>
    <message>
        <source>Captions that were typed here.</source>
        <translation>在这里输入的说明。</translation>
    </message>
    <message>
        <source>Captions to choose from</source>
        <translation>候选说明数量</translation>
    </message>
    <message>
        <source>Captions written beside photos</source>
        <translation>说明已写在照片旁</translation>
    </message>
    <message>
        <source>Captions written into photos</source>
        <translation>说明已写入照片</translation>
    </message>
    <message>
        <source>Captions, answers and chat; knows more than 2.7B.</source>
        <translation>说明、回答和聊天；知识比 2.7B 更多。</translation>
    </message>
    <message>
        <source>Captions, answers and chat; the smallest BLIP-2.</source>
        <translation>说明、回答和聊天；最小的 BLIP-2。</translation>
    </message>
    <message>
        <source>Captions, tags and stars stay in BlipDesk.</source>
        <translation>说明、标签和评分仍保留在 BlipDesk 中。</translation>
    </message>
    <message>
        <source>Change or take off: {name}</source>
        <translation>更改或移除：{name}</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>Changes are kept at once.</source>
        <translation>更改会立即保存。</translation>
    </message>
    <message>
        <source>Changes to photos</source>
        <translation>对照片的更改</translation>
    </message>
    <message>
        <source>Changes to photos…</source>
        <translation>对照片的更改…</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Check HF_ENDPOINT, or try again later.</source>
        <translation>请检查 HF_ENDPOINT，或稍后再试。</translation>
    </message>
    <message>
        <source>Check its drive, then try again.</source>
        <translation>请检查其驱动器，然后重试。</translation>
    </message>
    <message>
        <source>Check the computer&apos;s clock; behind a company&apos;s proxy, set SSL_CERT_FILE to its certificate.</source>
        <translation>请检查电脑时钟；如果使用公司代理，请将 SSL_CERT_FILE 设为其证书。</translation>
    </message>
    <message>
        <source>Check the connection. {kept}</source>
        <translation>请检查连接。{kept}</translation>
    </message>
    <message>
        <source>Check the disk, then start BlipDesk again.</source>
        <translation>请检查磁盘，然后重新启动 BlipDesk。</translation>
    </message>
    <message>
        <source>Check the disk.</source>
        <translation>请检查磁盘。</translation>
    </message>
    <message>
        <source>Check the drive and its cable; the photo is tried again at the next start.</source>
        <translation>请检查驱动器及其连接线；下次启动时会重试这张照片。</translation>
    </message>
    <message>
        <source>Check the drive that it comes from, and the space on this one.</source>
        <translation>请检查来源驱动器，以及此驱动器的空间。</translation>
    </message>
    <message>
        <source>Check the path, or add its folder first.</source>
        <translation>请检查路径，或先添加其文件夹。</translation>
    </message>
    <message>
        <source>Check the spelling, or that its drive is connected.</source>
        <translation>请检查拼写，或其驱动器是否已连接。</translation>
    </message>
    <message>
        <source>Check the spelling.</source>
        <translation>请检查拼写。</translation>
    </message>
    <message>
        <source>Check this caption</source>
        <translation>请核对此说明</translation>
    </message>
    <message>
        <source>Checking and copying the model…</source>
        <translation>正在检查并复制模型…</translation>
    </message>
    <message>
        <source>Checking model</source>
        <translation>核对模型</translation>
    </message>
    <message>
        <source>Checking what is here already.</source>
        <translation>正在检查已有的内容。</translation>
    </message>
    <message>
        <source>Checking {name}.</source>
        <translation>正在检查 {name}。</translation>
    </message>
    <message>
        <source>Checkpoints that write captions, answer questions or match texts to photos work.</source>
        <translation>可用的检查点是撰写说明、回答问题或匹配文字与照片的那些。</translation>
    </message>
    <message>
        <source>Checks captions</source>
        <translation>核对说明</translation>
    </message>
    <message>
        <source>Choose Try again, or try another model.</source>
        <translation>请选择“重试”，或尝试其他模型。</translation>
    </message>
    <message>
        <source>Choose Try again; if it happens again, please report it with the log.</source>
        <translation>请选择“重试”；如果再次发生，请附上日志报告。</translation>
    </message>
    <message>
        <source>Choose a data folder on another disk with --data-dir.</source>
        <translation>请用 --data-dir 选择另一块磁盘上的数据文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Choose a folder of photos</source>
        <translation>选择照片文件夹</translation>
    </message>
    <message>
        <source>Choose a folder with photos</source>
        <translation>选择照片文件夹</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Choose a photo to read and edit its caption, tag it, and ask what is in it.</source>
        <translation>选择一张照片，即可查看和编辑说明、添加标签，并询问其中的内容。</translation>
    </message>
    <message>
        <source>Choose a smaller one.</source>
        <translation>请选择更小的。</translation>
    </message>
    <message>
        <source>Choose another --data-dir.</source>
        <translation>请选择其他 --data-dir。</translation>
    </message>
    <message>
        <source>Choose another checkpoint.</source>
        <translation>请选择其他检查点。</translation>
    </message>
    <message>
        <source>Choose another data folder with --data-dir.</source>
        <translation>请用 --data-dir 选择其他数据文件夹。</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>请选择其他模型。</translation>
    </message>
    <message>
        <source>Choose another one with --data-dir.</source>
        <translation>请用 --data-dir 另选一个。</translation>
    </message>
    <message>
        <source>Choose auto or cpu.</source>
        <translation>请选择 auto 或 cpu。</translation>
    </message>
    <message>
        <source>Choose auto or fp32.</source>
        <translation>请选择 auto 或 fp32。</translation>
    </message>
    <message>
        <source>Choose one that can, such as {able}.</source>
        <translation>请选择能够胜任的，例如 {able}。</translation>
    </message>
    <message>
        <source>Choose the cpu device or a smaller model.</source>
        <translation>请选择 cpu 设备或更小的模型。</translation>
    </message>
    <message>
        <source>Choose the folder of a model</source>
        <translation>选择模型文件夹</translation>
    </message>
    <message>
        <source>Clear earlier searches</source>
        <translation>清除以前的搜索</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>Close BlipDesk; the next start sets it aside and names the backups.</source>
        <translation>请关闭 BlipDesk；下次启动时会将其移到一边并列出备份。</translation>
    </message>
    <message>
        <source>Close it, or end its process.</source>
        <translation>请关闭它，或结束其进程。</translation>
    </message>
    <message>
        <source>Close other programs if memory or disk space is short; else install BlipDesk again.</source>
        <translation>如果内存或磁盘空间不足，请关闭其他程序；否则请重新安装 BlipDesk。</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model.</source>
        <translation>请关闭其他程序，或选择更小的模型。</translation>
    </message>
    <message>
        <source>Close other programs.</source>
        <translation>请关闭其他程序。</translation>
    </message>
    <message>
        <source>Close programs that hold it open, or make its folder writable.</source>
        <translation>请关闭打开它的程序，或使其文件夹可写。</translation>
    </message>
    <message>
        <source>Close that program and try again.</source>
        <translation>请关闭该程序后重试。</translation>
    </message>
    <message>
        <source>Close the large view</source>
        <translation>关闭大图</translation>
    </message>
    <message>
        <source>Close the list of captions</source>
        <translation>关闭说明列表</translation>
    </message>
    <message>
        <source>Close the other BlipDesk first.</source>
        <translation>请先关闭另一个 BlipDesk。</translation>
    </message>
    <message>
        <source>Close the photo pane</source>
        <translation>关闭照片面板</translation>
    </message>
    <message>
        <source>Close the settings</source>
        <translation>关闭设置</translation>
    </message>
    <message>
        <source>Close this note</source>
        <translation>关闭此提示</translation>
    </message>
    <message>
        <source>Come with BlipDesk. They understand drawn scenes only, and the window says so.</source>
        <translation>BlipDesk 自带。它们只能理解绘制的场景，窗口中也会说明。</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>注释</translation>
    </message>
    <message>
        <source>Compact list</source>
        <translation>紧凑列表</translation>
    </message>
    <message>
        <source>Compare both captions</source>
        <translation>比较两条说明</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>比较…</translation>
    </message>
    <message>
        <source>Comparing its files with their checksums, and trying it…</source>
        <translation>正在核对文件的校验和并试运行…</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Connect to the internet; {proxy_words}. {without}</source>
        <translation>请连接互联网；{proxy_words}。{without}</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Continue without a folder</source>
        <translation>不选文件夹继续</translation>
    </message>
    <message>
        <source>Coordinates copied</source>
        <translation>已复制坐标</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy all file details</source>
        <translation>复制所有文件详情</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Copy caption</source>
        <translation>复制说明</translation>
    </message>
    <message>
        <source>Copy captions</source>
        <translation>复制说明</translation>
    </message>
    <message>
        <source>Copy captions (Ctrl+C)</source>
        <translation>复制说明 (Ctrl+C)</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详细信息</translation>
    </message>
    <message>
        <source>Copy it again from where it came from, or delete it.</source>
        <translation>请从原处重新复制，或将其删除。</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Copy paths</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Copy photo</source>
        <translation>复制照片</translation>
    </message>
    <message>
        <source>Copy photos</source>
        <translation>复制照片</translation>
    </message>
    <message>
        <source>Copy question</source>
        <translation>复制问题</translation>
    </message>
    <message>
        <source>Copy the captions of the selected photos</source>
        <translation>复制所选照片的说明</translation>
    </message>
    <message>
        <source>Copy the coordinates</source>
        <translation>复制坐标</translation>
    </message>
    <message>
        <source>Copying failed.</source>
        <translation>复制失败。</translation>
    </message>
    <message>
        <source>Could not be captioned</source>
        <translation>无法生成说明</translation>
    </message>
    <message>
        <source>Could not caption</source>
        <translation>无法生成说明</translation>
    </message>
    <message>
        <source>Could not read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Counting the tags…</source>
        <translation>正在统计标签…</translation>
    </message>
    <message>
        <source>Ctrl+Enter saves, Escape takes the changes back</source>
        <translation>Ctrl+Enter 保存，Escape 撤销更改</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>损坏</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>以后再决定</translation>
    </message>
    <message>
        <source>Deciding for {count}… {note}</source>
        <translation>正在处理 {count}… {note}</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete it by hand.</source>
        <translation>请手动删除。</translation>
    </message>
    <message>
        <source>Delete shows it again</source>
        <translation>按 Delete 重新显示</translation>
    </message>
    <message>
        <source>Delete the link or mend it.</source>
        <translation>请删除该链接或修复它。</translation>
    </message>
    <message>
        <source>Delete this question</source>
        <translation>删除此问题</translation>
    </message>
    <message>
        <source>Demo BLIP-2</source>
        <translation>演示 BLIP-2</translation>
    </message>
    <message>
        <source>Demo answerer</source>
        <translation>演示回答模型</translation>
    </message>
    <message>
        <source>Demo captioner</source>
        <translation>演示说明模型</translation>
    </message>
    <message>
        <source>Demo model</source>
        <translation>演示模型</translation>
    </message>
    <message>
        <source>Demo model: understands drawn scenes only.</source>
        <translation>演示模型：只理解绘制的场景。</translation>
    </message>
    <message>
        <source>Demo models</source>
        <translation>演示模型</translation>
    </message>
    <message>
        <source>Demo retriever</source>
        <translation>演示匹配模型</translation>
    </message>
    <message>
        <source>Details of the problem</source>
        <translation>问题详情</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Devices: {devices}.</source>
        <translation>设备：{devices}。</translation>
    </message>
    <message>
        <source>Did you mean</source>
        <translation>你是不是要找</translation>
    </message>
    <message>
        <source>Did you mean {short}</source>
        <translation>你是不是要找 {short}</translation>
    </message>
    <message>
        <source>Did you mean “{name}:”?</source>
        <translation>你是指“{name}:”吗？</translation>
    </message>
    <message>
        <source>Did you mean “{query}”{count}?</source>
        <translation>你是不是要找“{query}”{count}？</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Does as it is told, in short answers; free to use.</source>
        <translation>按指示行事，回答简短；可自由使用。</translation>
    </message>
    <message>
        <source>Does as it is told: long descriptions, reasons, lists.</source>
        <translation>按指示行事：长描述、理由、列表。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>完成。</translation>
    </message>
    <message>
        <source>Down goes to the photos, Escape clears, F1 lists the filters</source>
        <translation>向下键转到照片，Escape 清除，F1 列出筛选条件</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Download it from huggingface.co itself (unset HF_ENDPOINT), or import a folder.</source>
        <translation>请直接从 huggingface.co 下载（取消 HF_ENDPOINT），或导入文件夹。</translation>
    </message>
    <message>
        <source>Download it: blipdesk models download {key} (or import its folder).</source>
        <translation>请下载 {key}，或导入其文件夹。</translation>
    </message>
    <message>
        <source>Download {model}</source>
        <translation>下载 {model}</translation>
    </message>
    <message>
        <source>Downloading…</source>
        <translation>正在下载…</translation>
    </message>
    <message>
        <source>Downloads are switched off: HF_HUB_OFFLINE is set in the environment.</source>
        <translation>下载已关闭：环境中设置了 HF_HUB_OFFLINE。</translation>
    </message>
    <message>
        <source>Drive not connected</source>
        <translation>驱动器未连接</translation>
    </message>
    <message>
        <source>Drop a folder of photos here</source>
        <translation>将照片文件夹拖到这里</translation>
    </message>
    <message>
        <source>Drop a folder with photos here</source>
        <translation>将照片文件夹拖到这里</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>EXIF block</source>
        <translation>EXIF 块</translation>
    </message>
    <message>
        <source>EXIF blocks</source>
        <translation>EXIF 块</translation>
    </message>
    <message>
        <source>Each line needs a &quot;path&quot;.</source>
        <translation>每行都需要 &quot;path&quot;。</translation>
    </message>
    <message>
        <source>Each photo gets a small .xmp file (a sidecar) beside it. The photos themselves are not touched.</source>
        <translation>每张照片旁会有一个小的 .xmp 文件（附属文件）。照片本身不会改动。</translation>
    </message>
    <message>
        <source>Each stays where it is, and you are not asked about these photos again.</source>
        <translation>两者都保留原处，以后不再询问这些照片。</translation>
    </message>
    <message>
        <source>Each stays where it is, and you are not asked again.</source>
        <translation>两者都保留原处，以后不再询问。</translation>
    </message>
    <message>
        <source>Earlier search</source>
        <translation>以前的搜索</translation>
    </message>
    <message>
        <source>Edit caption</source>
        <translation>编辑说明</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Elsewhere there are {n} photos.</source>
        <translation>其他位置有 {n} 张照片。</translation>
    </message>
    <message>
        <source>Elsewhere there is 1 photo.</source>
        <translation>其他位置有 1 张照片。</translation>
    </message>
    <message>
        <source>Enter adds it, Escape closes the field</source>
        <translation>Enter 添加，Escape 关闭输入框</translation>
    </message>
    <message>
        <source>Enter asks</source>
        <translation>按 Enter 提问</translation>
    </message>
    <message>
        <source>Enter asks; Escape stops the answer</source>
        <translation>Enter 提问；Escape 停止回答</translation>
    </message>
    <message>
        <source>Enter changes it, Delete takes it off</source>
        <translation>按 Enter 更改，按 Delete 移除</translation>
    </message>
    <message>
        <source>Enter goes to the next match, Down into it</source>
        <translation>Enter 转到下一个匹配项，向下键进入其中</translation>
    </message>
    <message>
        <source>Enter takes it, Escape leaves it as it was</source>
        <translation>Enter 确定，Escape 保持原样</translation>
    </message>
    <message>
        <source>Enter takes this caption</source>
        <translation>按 Enter 采用此说明</translation>
    </message>
    <message>
        <source>Escape clears the search and Ctrl+Z brings it back; Down lists the searches before.</source>
        <translation>Escape 清除搜索，Ctrl+Z 恢复；向下键列出以前的搜索。</translation>
    </message>
    <message>
        <source>Escape shows the most frequent ones again</source>
        <translation>Escape 重新显示最常用的标签</translation>
    </message>
    <message>
        <source>Every photo could be read</source>
        <translation>所有照片都可以读取</translation>
    </message>
    <message>
        <source>Every photo that was looked at could be captioned.</source>
        <translation>检查过的照片都已生成说明。</translation>
    </message>
    <message>
        <source>Every photo that was read has its caption</source>
        <translation>已读取的照片都有说明</translation>
    </message>
    <message>
        <source>Everyday photos, quick: the first choice.</source>
        <translation>适合日常照片，速度快：首选。</translation>
    </message>
    <message>
        <source>Export it as JPEG or TIFF from your RAW program, and that copy is captioned.</source>
        <translation>请在你的 RAW 软件中导出为 JPEG 或 TIFF，该副本会生成说明。</translation>
    </message>
    <message>
        <source>Export the answers</source>
        <translation>导出回答</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>曝光</translation>
    </message>
    <message>
        <source>F2 renames it, Delete hides it</source>
        <translation>F2 重命名，Delete 隐藏</translation>
    </message>
    <message>
        <source>F2 renames it, Delete lets it go</source>
        <translation>F2 重命名，Delete 删除</translation>
    </message>
    <message>
        <source>FILE DETAILS</source>
        <translation>文件详情</translation>
    </message>
    <message>
        <source>FILTERS</source>
        <translation>筛选条件</translation>
    </message>
    <message>
        <source>Fair</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>Fair: the checking model finds that the caption fits, and that others might as well.</source>
        <translation>一般：核对模型认为说明吻合，但其他说明也可能吻合。</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Favourite or not</source>
        <translation>收藏或取消收藏</translation>
    </message>
    <message>
        <source>Favourite or not (F)</source>
        <translation>收藏或取消收藏 (F)</translation>
    </message>
    <message>
        <source>Favourite: no</source>
        <translation>收藏：否</translation>
    </message>
    <message>
        <source>Favourite: yes</source>
        <translation>收藏：是</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>File and catalog</source>
        <translation>文件与目录库</translation>
    </message>
    <message>
        <source>File details</source>
        <translation>文件详情</translation>
    </message>
    <message>
        <source>File details copied</source>
        <translation>已复制文件详情</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>File not found</source>
        <translation>找不到文件</translation>
    </message>
    <message>
        <source>File type</source>
        <translation>文件类型</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Files that cannot be read are listed here, with the reason.</source>
        <translation>无法读取的文件会连同原因列在这里。</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选条件</translation>
    </message>
    <message>
        <source>Filter {name}</source>
        <translation>筛选条件 {name}</translation>
    </message>
    <message>
        <source>Find a tag</source>
        <translation>查找标签</translation>
    </message>
    <message>
        <source>Find similar photos</source>
        <translation>查找相似照片</translation>
    </message>
    <message>
        <source>Find similar photos (Ctrl+Shift+F)</source>
        <translation>查找相似照片 (Ctrl+Shift+F)</translation>
    </message>
    <message>
        <source>First or last photo</source>
        <translation>第一张或最后一张</translation>
    </message>
    <message>
        <source>Fits this computer</source>
        <translation>适合这台电脑</translation>
    </message>
    <message>
        <source>Five stars.</source>
        <translation>五颗星。</translation>
    </message>
    <message>
        <source>Folded; press to open</source>
        <translation>已折叠；按下展开</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Follows questions better than OPT; the first choice for chat.</source>
        <translation>比 OPT 更能理解问题；聊天首选。</translation>
    </message>
    <message>
        <source>For 1 minute</source>
        <translation>1 分钟</translation>
    </message>
    <message>
        <source>For 10 minutes</source>
        <translation>10 分钟</translation>
    </message>
    <message>
        <source>For 2 minutes</source>
        <translation>2 分钟</translation>
    </message>
    <message>
        <source>For 30 days</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>For 30 minutes</source>
        <translation>30 分钟</translation>
    </message>
    <message>
        <source>For 5 minutes</source>
        <translation>5 分钟</translation>
    </message>
    <message>
        <source>For 5 years</source>
        <translation>5 年</translation>
    </message>
    <message>
        <source>For 90 days</source>
        <translation>90 天</translation>
    </message>
    <message>
        <source>For a year</source>
        <translation>一年</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>永久</translation>
    </message>
    <message>
        <source>For {filter}: {there_are}.</source>
        <translation>{filter}：{there_are}。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Found by</source>
        <translation>匹配原因</translation>
    </message>
    <message>
        <source>Found in the caption by BlipDesk</source>
        <translation>由 BlipDesk 从说明中提取</translation>
    </message>
    <message>
        <source>Free some space if the disk is full, then try again.</source>
        <translation>如果磁盘已满请释放空间，然后重试。</translation>
    </message>
    <message>
        <source>Free some space on the catalog&apos;s disk, and see that its folder can be written.</source>
        <translation>请释放目录库所在磁盘的空间，并确认其文件夹可写。</translation>
    </message>
    <message>
        <source>Free some space on the catalog&apos;s disk.</source>
        <translation>请释放目录库所在磁盘的空间。</translation>
    </message>
    <message>
        <source>Free some space, and allow your user account to write there.</source>
        <translation>请释放空间，并允许你的用户账户在那里写入。</translation>
    </message>
    <message>
        <source>Free some space, or choose a data folder on another disk with --data-dir.</source>
        <translation>请释放空间，或用 --data-dir 选择另一块磁盘上的数据文件夹。</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>请释放一些空间，然后重试。</translation>
    </message>
    <message>
        <source>Free some space. {kept}</source>
        <translation>请释放一些空间。{kept}</translation>
    </message>
    <message>
        <source>Free some space; nothing is lost.</source>
        <translation>请释放一些空间；没有丢失任何内容。</translation>
    </message>
    <message>
        <source>Free the memory</source>
        <translation>释放内存</translation>
    </message>
    <message>
        <source>From huggingface.co, when you press Download and not before. Your photos stay here.</source>
        <translation>仅在按下“下载”时从 huggingface.co 获取。你的照片留在这里。</translation>
    </message>
    <message>
        <source>From the file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>Full size</source>
        <translation>原始大小</translation>
    </message>
    <message>
        <source>GALLERY</source>
        <translation>照片网格</translation>
    </message>
    <message>
        <source>GPU, CUDA, CPU</source>
        <translation>GPU、CUDA、CPU、显卡</translation>
    </message>
    <message>
        <source>Get a folder that holds its code.</source>
        <translation>请获取包含其代码的文件夹。</translation>
    </message>
    <message>
        <source>Get one for retrieval: the settings show which there are, and so does blipdesk models list.</source>
        <translation>请获取一个用于匹配的模型：可在设置中查看有哪些。</translation>
    </message>
    <message>
        <source>Get the checkpoint again, complete, and import that.</source>
        <translation>请重新获取完整的检查点，再导入它。</translation>
    </message>
    <message>
        <source>Get the version with model.safetensors, or convert it with transformers&apos; save_pretrained.</source>
        <translation>请获取带 model.safetensors 的版本，或用 transformers 的 save_pretrained 转换。</translation>
    </message>
    <message>
        <source>Get the version with model.safetensors.</source>
        <translation>请获取带有 model.safetensors 的版本。</translation>
    </message>
    <message>
        <source>Give a shorter one.</source>
        <translation>请写得短一些。</translation>
    </message>
    <message>
        <source>Give another name.</source>
        <translation>请使用其他名称。</translation>
    </message>
    <message>
        <source>Give it the right file ending or move it out of the folder.</source>
        <translation>请改成正确的扩展名，或把它移出此文件夹。</translation>
    </message>
    <message>
        <source>Give some, for example: a dog on a beach</source>
        <translation>请输入一些，例如：a dog on a beach</translation>
    </message>
    <message>
        <source>Give the answers to choose from</source>
        <translation>给出可选的回答</translation>
    </message>
    <message>
        <source>Give the words to look for: --text &quot;a dog&quot;.</source>
        <translation>请给出要查找的词：--text &quot;a dog&quot;。</translation>
    </message>
    <message>
        <source>Give your user the right to read it (or close the program that holds it), then try again.</source>
        <translation>请授予你的用户读取权限（或关闭占用它的程序），然后重试。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on in the background?</source>
        <translation>在后台继续？</translation>
    </message>
    <message>
        <source>Go on with the BlipDesk that you had before, or choose another catalog with --data-dir.</source>
        <translation>请继续使用之前的 BlipDesk，或用 --data-dir 另选目录库。</translation>
    </message>
    <message>
        <source>Go on with the last</source>
        <translation>继续上一个对话</translation>
    </message>
    <message>
        <source>Go on working when the window is closed</source>
        <translation>关闭窗口后继续工作</translation>
    </message>
    <message>
        <source>Group before or after</source>
        <translation>上一组或下一组</translation>
    </message>
    <message>
        <source>Group the photos</source>
        <translation>照片分组</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Groups in groups are followed {most} deep: this one was passed over.</source>
        <translation>分组最多嵌套 {most} 层：此处已忽略。</translation>
    </message>
    <message>
        <source>HF_ENDPOINT has to be one, such as https://huggingface.co.</source>
        <translation>HF_ENDPOINT 必须是网址，例如 https://huggingface.co。</translation>
    </message>
    <message>
        <source>HTTPS_PROXY (HTTP_PROXY, ALL_PROXY) has to be like http://host:port, or be unset.</source>
        <translation>HTTPS_PROXY（HTTP_PROXY、ALL_PROXY）必须形如 http://host:port，或不设置。</translation>
    </message>
    <message>
        <source>Has</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>Help in the field</source>
        <translation>搜索框中的帮助</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Hide or show the caption</source>
        <translation>隐藏或显示说明</translation>
    </message>
    <message>
        <source>Hide or show the pane</source>
        <translation>隐藏或显示照片面板</translation>
    </message>
    <message>
        <source>How fast it is here shows in the try</source>
        <translation>在这台电脑上有多快，试用时便知</translation>
    </message>
    <message>
        <source>How long changes can be taken back</source>
        <translation>更改可撤回的期限</translation>
    </message>
    <message>
        <source>How long it takes is known after the first answers: this model was not timed here yet.</source>
        <translation>所需时间要在最初几个回答后才知道：此模型尚未在这里计时。</translation>
    </message>
    <message>
        <source>How probable each answer is</source>
        <translation>每个回答的概率</translation>
    </message>
    <message>
        <source>How to search</source>
        <translation>搜索方法</translation>
    </message>
    <message>
        <source>How to search (F1 in this field)</source>
        <translation>搜索方法（在此框中按 F1）</translation>
    </message>
    <message>
        <source>IMG_1234.xmp instead of IMG_1234.CR2.xmp. One that is there already is used, whatever its name.</source>
        <translation>使用 IMG_1234.xmp 而不是 IMG_1234.CR2.xmp。已有的文件无论名称如何都会使用。</translation>
    </message>
    <message>
        <source>Idle means</source>
        <translation>空闲的判定</translation>
    </message>
    <message>
        <source>If it was moved, its folder is scanned again.</source>
        <translation>如果它被移动了，其文件夹会被重新扫描。</translation>
    </message>
    <message>
        <source>If you trust whoever made it, take it in once more with --allow-code, by blipdesk models import or download; else choose another checkpoint.</source>
        <translation>如果信任其作者，请用 blipdesk models import 或 download 加 --allow-code 重新收录；否则请选择其他检查点。</translation>
    </message>
    <message>
        <source>Import a model folder…</source>
        <translation>导入模型文件夹…</translation>
    </message>
    <message>
        <source>In BlipDesk</source>
        <translation>BlipDesk 中</translation>
    </message>
    <message>
        <source>In BlipDesk only: your photo files are not touched. Other programs do not see the captions.</source>
        <translation>仅在 BlipDesk 中：不改动你的照片文件。其他程序看不到说明。</translation>
    </message>
    <message>
        <source>In a small file beside each photo: IMG_1234.jpg gets IMG_1234.jpg.xmp, a so-called sidecar, which digiKam and darktable read. The photos themselves are not touched.</source>
        <translation>每张照片旁的小文件：IMG_1234.jpg 会有 IMG_1234.jpg.xmp，即附属文件，digiKam 和 darktable 可以读取。照片本身不会改动。</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>文件中</translation>
    </message>
    <message>
        <source>In the file beside the photo</source>
        <translation>照片旁的文件中</translation>
    </message>
    <message>
        <source>In the photo</source>
        <translation>照片中</translation>
    </message>
    <message>
        <source>Inside the photos: JPEG, PNG, WebP and TIFF photos carry their caption along, so file managers and most photo programs show it; the picture itself stays as it is. RAW, GIF, BMP, HEIC and AVIF photos get a small .xmp file beside them, and so does a photo that cannot be changed without loss.</source>
        <translation>照片内部：JPEG、PNG、WebP 和 TIFF 照片会带上说明，文件管理器和大多数照片程序都能显示；图像本身保持不变。RAW、GIF、BMP、HEIC 和 AVIF 照片，以及无法无损更改的照片，旁边会有一个小的 .xmp 文件。</translation>
    </message>
    <message>
        <source>Install BlipDesk again.</source>
        <translation>请重新安装 BlipDesk。</translation>
    </message>
    <message>
        <source>Install again.</source>
        <translation>请重新安装。</translation>
    </message>
    <message>
        <source>Install it (pip install bitsandbytes), or choose auto, fp16 or fp32.</source>
        <translation>请安装（pip install bitsandbytes），或选择 auto、fp16 或 fp32。</translation>
    </message>
    <message>
        <source>InstructBLIP with Flan-T5 XL</source>
        <translation>InstructBLIP（Flan-T5 XL）</translation>
    </message>
    <message>
        <source>InstructBLIP with Flan-T5 XXL</source>
        <translation>InstructBLIP（Flan-T5 XXL）</translation>
    </message>
    <message>
        <source>InstructBLIP with Vicuna 13B</source>
        <translation>InstructBLIP（Vicuna 13B）</translation>
    </message>
    <message>
        <source>InstructBLIP with Vicuna 7B</source>
        <translation>InstructBLIP（Vicuna 7B）</translation>
    </message>
    <message>
        <source>Into a small file beside it</source>
        <translation>写入旁边的小文件</translation>
    </message>
    <message>
        <source>Into the photo</source>
        <translation>写入照片</translation>
    </message>
    <message>
        <source>Into the photos</source>
        <translation>写入照片</translation>
    </message>
    <message>
        <source>Is anyone smiling?</source>
        <translation>Is anyone smiling?</translation>
    </message>
    <message>
        <source>Is being captioned</source>
        <translation>正在生成说明</translation>
    </message>
    <message>
        <source>Is removed: BlipDesk made it</source>
        <translation>将被删除：由 BlipDesk 创建</translation>
    </message>
    <message>
        <source>Is taken back in part</source>
        <translation>将部分撤回</translation>
    </message>
    <message>
        <source>Is this a network that wants you to sign in first? Open a page in a browser, then try again; where HF_ENDPOINT or a proxy is set, check it.</source>
        <translation>这个网络是否需要先登录？请在浏览器中打开网页后重试；如果设置了 HF_ENDPOINT 或代理，请检查。</translation>
    </message>
    <message>
        <source>It answers questions about a photo.</source>
        <translation>回答关于照片的问题。</translation>
    </message>
    <message>
        <source>It can be downloaded again.</source>
        <translation>可以重新下载。</translation>
    </message>
    <message>
        <source>It can be imported again.</source>
        <translation>可以重新导入。</translation>
    </message>
    <message>
        <source>It can be left alone or deleted.</source>
        <translation>可以不管它，也可以删除。</translation>
    </message>
    <message>
        <source>It cannot be captioned again: its drive is not connected</source>
        <translation>无法重新生成说明：其驱动器未连接</translation>
    </message>
    <message>
        <source>It cannot be captioned again: the file is gone</source>
        <translation>无法重新生成说明：文件已不存在</translation>
    </message>
    <message>
        <source>It could not be captioned.</source>
        <translation>无法生成说明。</translation>
    </message>
    <message>
        <source>It could not be downloaded.</source>
        <translation>无法下载。</translation>
    </message>
    <message>
        <source>It could not be removed.</source>
        <translation>无法移除。</translation>
    </message>
    <message>
        <source>It could not be taken back</source>
        <translation>无法撤回</translation>
    </message>
    <message>
        <source>It could not be written, through a bug in BlipDesk ({name}); the log has more.</source>
        <translation>由于 BlipDesk 的缺陷未能写入（{name}）；日志中有更多信息。</translation>
    </message>
    <message>
        <source>It goes on when this is closed, and at the next start.</source>
        <translation>关闭后仍会继续，下次启动时也会继续。</translation>
    </message>
    <message>
        <source>It goes on when this is closed.</source>
        <translation>关闭后仍会继续。</translation>
    </message>
    <message>
        <source>It is as it was before already.</source>
        <translation>它已经是之前的状态。</translation>
    </message>
    <message>
        <source>It is being captioned already</source>
        <translation>正在生成说明</translation>
    </message>
    <message>
        <source>It is being looked through for photos.</source>
        <translation>正在其中查找照片。</translation>
    </message>
    <message>
        <source>It is here already.</source>
        <translation>已经在这里。</translation>
    </message>
    <message>
        <source>It is in use: choose another model first</source>
        <translation>正在使用：请先选择其他模型</translation>
    </message>
    <message>
        <source>It is not there. If it was moved or renamed, blipdesk caption or an open window finds it again: then undo again. If its drive is away, connect it.</source>
        <translation>文件不在。如果它被移动或改名，BlipDesk 会重新找到它，然后请再次撤回。如果其驱动器未连接，请连接。</translation>
    </message>
    <message>
        <source>It is shown and captioned as far as it goes. Look for a complete copy.</source>
        <translation>已按可读的部分显示并生成说明。请查找完整的副本。</translation>
    </message>
    <message>
        <source>It is started again by itself.</source>
        <translation>它会自行重新启动。</translation>
    </message>
    <message>
        <source>It is tried again at the next start; close other programs if memory or disk space is short.</source>
        <translation>下次启动时会重试；如果内存或磁盘空间不足，请关闭其他程序。</translation>
    </message>
    <message>
        <source>It looks at a photo and its caption, and says how well they fit: what does not is shown under Needs review. Automatic takes one that suits the captioning model, where there is one.</source>
        <translation>查看照片及其说明，判断两者是否吻合：不吻合的会显示在“待核对”中。自动会选用适合说明模型的一个（如果有）。</translation>
    </message>
    <message>
        <source>It may be damaged: look for another copy.</source>
        <translation>它可能已损坏：请寻找其他副本。</translation>
    </message>
    <message>
        <source>It stands there already</source>
        <translation>已在其中</translation>
    </message>
    <message>
        <source>It took {seconds} on this computer (measured), so {count} photos take about {time}.</source>
        <translation>在这台电脑上用时 {seconds}（实测），{count} 张照片大约需要 {time}。</translation>
    </message>
    <message>
        <source>It waits for its caption already</source>
        <translation>已在等待生成说明</translation>
    </message>
    <message>
        <source>It was left as it is.</source>
        <translation>已保持原样。</translation>
    </message>
    <message>
        <source>It was left as that program has it; try again when it is done.</source>
        <translation>已保持该程序保存的样子；待其完成后再试。</translation>
    </message>
    <message>
        <source>It was looked for as words.</source>
        <translation>已作为普通词搜索。</translation>
    </message>
    <message>
        <source>It was written for another version of transformers, or needs packages that are not here.</source>
        <translation>它是为其他版本的 transformers 编写的，或需要这里没有的软件包。</translation>
    </message>
    <message>
        <source>It writes the captions.</source>
        <translation>撰写说明。</translation>
    </message>
    <message>
        <source>Its caption and tags are kept, and come back with the file.</source>
        <translation>其说明和标签会保留，文件恢复后即恢复。</translation>
    </message>
    <message>
        <source>Its caption and tags are kept. Connect the drive to see it whole.</source>
        <translation>其说明和标签会保留。连接驱动器即可查看完整照片。</translation>
    </message>
    <message>
        <source>Its caption is near in meaning</source>
        <translation>其说明含义相近</translation>
    </message>
    <message>
        <source>Its caption says nearly the same</source>
        <translation>其说明内容几乎相同</translation>
    </message>
    <message>
        <source>Its drive is not connected. Its caption is kept and stays searchable.</source>
        <translation>其驱动器未连接。说明会保留，仍可搜索。</translation>
    </message>
    <message>
        <source>Its file is not where it was.</source>
        <translation>文件不在原处。</translation>
    </message>
    <message>
        <source>Its files are kept: another try does not download them again, removing the model deletes them.</source>
        <translation>其文件已保留：重试时不会重新下载，移除该模型会删除它们。</translation>
    </message>
    <message>
        <source>Its name is so long that no sidecar can stand beside it; a shorter name would do.</source>
        <translation>其名称太长，旁边放不下附属文件；缩短名称即可。</translation>
    </message>
    <message>
        <source>Its older sidecar says the same now.</source>
        <translation>其较旧的附属文件现在内容相同。</translation>
    </message>
    <message>
        <source>Its older sidecar still says something else: {reason}</source>
        <translation>其较旧的附属文件内容仍不同：{reason}</translation>
    </message>
    <message>
        <source>Its photos were forgotten</source>
        <translation>其照片已不在图库中</translation>
    </message>
    <message>
        <source>Its sidecar cannot be read: {reason}</source>
        <translation>无法读取其附属文件：{reason}</translation>
    </message>
    <message>
        <source>Its sidecar is a link to another place; put the file itself there.</source>
        <translation>其附属文件是指向别处的链接；请把文件本身放在那里。</translation>
    </message>
    <message>
        <source>Its sidecar is read-only, somebody else&apos;s or has several names; make it writable.</source>
        <translation>其附属文件为只读、属于他人或有多个名称；请使其可写。</translation>
    </message>
    <message>
        <source>Its sidecar stays as it is, because {reason}. Moved away, it makes room for a new one.</source>
        <translation>其附属文件保持原样，因为 {reason}。移走它即可放置新的附属文件。</translation>
    </message>
    <message>
        <source>Its sidecar was taken away; it is made again where somebody asks for it.</source>
        <translation>其附属文件被拿走了；要求写入时会重新生成。</translation>
    </message>
    <message>
        <source>Its weights are damaged, or the precision does not suit it: try fp32.</source>
        <translation>其权重已损坏，或精度不适合：请尝试 fp32。</translation>
    </message>
    <message>
        <source>Its words: {there}.</source>
        <translation>其中的词：{there}。</translation>
    </message>
    <message>
        <source>JPEG, PNG, WebP and TIFF photos get theirs inside, other photos a small .xmp file beside them. The pictures themselves are not changed.</source>
        <translation>JPEG、PNG、WebP 和 TIFF 照片写入内部，其他照片旁会有一个小的 .xmp 文件。图像本身不会改变。</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON 行</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>两者都保留</translation>
    </message>
    <message>
        <source>Keep both captions of all {photos}?</source>
        <translation>要为全部 {photos}保留两条说明吗？</translation>
    </message>
    <message>
        <source>Keep both for all</source>
        <translation>全部保留两者</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>Keep mine for all</source>
        <translation>全部保留我的</translation>
    </message>
    <message>
        <source>Keep one of them alone, then try again.</source>
        <translation>请只保留其中之一，然后重试。</translation>
    </message>
    <message>
        <source>Keep the file&apos;s</source>
        <translation>保留文件中的</translation>
    </message>
    <message>
        <source>Keep the file&apos;s caption for all {photos}?</source>
        <translation>要为全部 {photos}保留文件中的说明吗？</translation>
    </message>
    <message>
        <source>Keep the file&apos;s for all</source>
        <translation>全部保留文件中的</translation>
    </message>
    <message>
        <source>Keep your caption for all {photos}?</source>
        <translation>要为全部 {photos}保留你的说明吗？</translation>
    </message>
    <message>
        <source>Kept in</source>
        <translation>保存于</translation>
    </message>
    <message>
        <source>Kept {time}, {room} at most.</source>
        <translation>保留期限：{time}，最多 {room}。</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Kinds it can run: {known}.</source>
        <translation>可以运行的类型：{known}。</translation>
    </message>
    <message>
        <source>LARGE VIEW</source>
        <translation>大图查看</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Large view</source>
        <translation>大图查看</translation>
    </message>
    <message>
        <source>Large view (Space)</source>
        <translation>大图查看（空格）</translation>
    </message>
    <message>
        <source>Large view: {name}</source>
        <translation>大图：{name}</translation>
    </message>
    <message>
        <source>Larger photos</source>
        <translation>放大照片</translation>
    </message>
    <message>
        <source>Last added</source>
        <translation>最近添加</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后</translation>
    </message>
    <message>
        <source>Least sure first</source>
        <translation>最不确定的在前</translation>
    </message>
    <message>
        <source>Leave out --sample or --num-beams.</source>
        <translation>请去掉 --sample 或 --num-beams。</translation>
    </message>
    <message>
        <source>Leave out {path}</source>
        <translation>去掉 {path}</translation>
    </message>
    <message>
        <source>Leave the photo as it is: it is captioned already.</source>
        <translation>保持照片原样：它已有说明。</translation>
    </message>
    <message>
        <source>Leave these out</source>
        <translation>排除这些</translation>
    </message>
    <message>
        <source>Leave this folder out</source>
        <translation>去掉此文件夹</translation>
    </message>
    <message>
        <source>Left and Right: where each word is seen in the photo</source>
        <translation>←、→：各词在照片中的位置</translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>Left, Right: other photos  ·  + − 0 1: zoom  ·  Tab: where a word is seen  ·  C: words  ·  F: favourite  ·  Del: trash  ·  Esc: close</source>
        <translation>←、→：其他照片  ·  + − 0 1：缩放  ·  Tab：词的位置  ·  C：文字  ·  F：收藏  ·  Del：回收站  ·  Esc：关闭</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>镜头</translation>
    </message>
    <message>
        <source>Let its captions go to sidecars or stay in the catalog.</source>
        <translation>请让其说明写入附属文件或留在目录库中。</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Licence: {licence}</source>
        <translation>许可证：{licence}</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Light, dark, or whatever the system uses.</source>
        <translation>浅色、深色，或跟随系统。</translation>
    </message>
    <message>
        <source>Like {name}</source>
        <translation>与 {name} 相似</translation>
    </message>
    <message>
        <source>Line {number} of {name} is no JSON.</source>
        <translation>{name} 的第 {number} 行不是 JSON。</translation>
    </message>
    <message>
        <source>Line {number} of {name} names no photo.</source>
        <translation>{name} 的第 {number} 行没有指明照片。</translation>
    </message>
    <message>
        <source>List the photos</source>
        <translation>列出照片</translation>
    </message>
    <message>
        <source>Loading the model, which then looks at it…</source>
        <translation>正在加载模型，随后查看照片…</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Look for new photos</source>
        <translation>查找新照片</translation>
    </message>
    <message>
        <source>Look through the folders again</source>
        <translation>重新扫描文件夹</translation>
    </message>
    <message>
        <source>Looking at some of your photos…</source>
        <translation>正在查看部分照片…</translation>
    </message>
    <message>
        <source>Looking at what stands in the files now…</source>
        <translation>正在查看文件中现有的内容…</translation>
    </message>
    <message>
        <source>Looking at {done} of {total}…</source>
        <translation>正在查看：{done} / {total}…</translation>
    </message>
    <message>
        <source>Looking for a photo…</source>
        <translation>正在查找照片…</translation>
    </message>
    <message>
        <source>Looking for captions…</source>
        <translation>正在查找说明…</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>正在查找照片…</translation>
    </message>
    <message>
        <source>Looking for {word}…</source>
        <translation>正在查找{word}…</translation>
    </message>
    <message>
        <source>Looking through the folders again</source>
        <translation>正在重新扫描文件夹</translation>
    </message>
    <message>
        <source>Looks right</source>
        <translation>看起来正确</translation>
    </message>
    <message>
        <source>Looks right: begin</source>
        <translation>看起来没问题：开始</translation>
    </message>
    <message>
        <source>MIT (its Flan-T5: Apache-2.0)</source>
        <translation>MIT（其 Flan-T5：Apache-2.0）</translation>
    </message>
    <message>
        <source>MIT (its language model OPT: for research, not for commercial use)</source>
        <translation>MIT（其语言模型 OPT：仅供研究，不可商用）</translation>
    </message>
    <message>
        <source>Make a new one there, or unset HF_TOKEN.</source>
        <translation>请在那里新建一个，或取消 HF_TOKEN。</translation>
    </message>
    <message>
        <source>Make it available offline in your cloud program; it is tried again at the next start.</source>
        <translation>请在云程序中设为离线可用；下次启动时会重试。</translation>
    </message>
    <message>
        <source>Make it available on this computer first.</source>
        <translation>请先将其设为在这台电脑上可用。</translation>
    </message>
    <message>
        <source>Make it first, or name another.</source>
        <translation>请先创建，或指定另一个。</translation>
    </message>
    <message>
        <source>Make it writable, then try again.</source>
        <translation>请使其可写，然后重试。</translation>
    </message>
    <message>
        <source>Many photos fail</source>
        <translation>许多照片失败</translation>
    </message>
    <message>
        <source>Maps are PNG files: give it the ending .png.</source>
        <translation>热图是 PNG 文件：请以 .png 结尾。</translation>
    </message>
    <message>
        <source>Maybe also these</source>
        <translation>这些也可能符合</translation>
    </message>
    <message>
        <source>Maybe: {name}</source>
        <translation>可能：{name}</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Merge into another…</source>
        <translation>合并到另一个…</translation>
    </message>
    <message>
        <source>Merge the tag {name} into another</source>
        <translation>将标签{name}合并到另一个</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>More detail, about three times slower.</source>
        <translation>更详细，约慢三倍。</translation>
    </message>
    <message>
        <source>More to do with this answer</source>
        <translation>对此回答的更多操作</translation>
    </message>
    <message>
        <source>Mostly: {reason}</source>
        <translation>主要原因：{reason}</translation>
    </message>
    <message>
        <source>Move it away, or choose another --data-dir.</source>
        <translation>请将其移走，或用 --data-dir 另选一个。</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Move {words} to the trash?</source>
        <translation>要将 {words}移到回收站吗？</translation>
    </message>
    <message>
        <source>Movement</source>
        <translation>动态效果</translation>
    </message>
    <message>
        <source>Moving to the trash: {done} of {total}</source>
        <translation>正在移到回收站：{done} / {total}</translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <translation>NVIDIA GPU</translation>
    </message>
    <message>
        <source>NVIDIA graphics card</source>
        <translation>NVIDIA 显卡</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name each choice once.</source>
        <translation>每个选项只写一次。</translation>
    </message>
    <message>
        <source>Name of the other tag</source>
        <translation>另一个标签的名称</translation>
    </message>
    <message>
        <source>Name of the saved search</source>
        <translation>保存的搜索的名称</translation>
    </message>
    <message>
        <source>Name one for retrieval, or leave --match-model out.</source>
        <translation>请指定用于匹配的模型，或去掉 --match-model。</translation>
    </message>
    <message>
        <source>Name one of its photos.</source>
        <translation>请指定其中的一张照片。</translation>
    </message>
    <message>
        <source>Name the folder that holds the model&apos;s config.json.</source>
        <translation>请指定包含模型 config.json 的文件夹。</translation>
    </message>
    <message>
        <source>Name {most} at most.</source>
        <translation>最多 {most} 个。</translation>
    </message>
    <message>
        <source>Near in meaning</source>
        <translation>含义相近</translation>
    </message>
    <message>
        <source>Near in meaning: “{caption}”</source>
        <translation>含义相近：“{caption}”</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>待核对</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>New captions and the stars of favourites go into a small file beside each photo.</source>
        <translation>新的说明和收藏的星级会写入每张照片旁的小文件。</translation>
    </message>
    <message>
        <source>New captions and the stars of favourites go into the photos.</source>
        <translation>新的说明和收藏的星级会写入照片。</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>New conversation: ask something</source>
        <translation>新对话：请用英文提问</translation>
    </message>
    <message>
        <source>New files beside RAW photos are named as Lightroom names them</source>
        <translation>RAW 照片旁的新文件按 Lightroom 的方式命名</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>新名称</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>新标签</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新的在前</translation>
    </message>
    <message>
        <source>Next (Right)</source>
        <translation>下一张 (→)</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>下一张照片</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>没有回答</translation>
    </message>
    <message>
        <source>No answering model is loaded.</source>
        <translation>未加载回答模型。</translation>
    </message>
    <message>
        <source>No caption</source>
        <translation>没有说明</translation>
    </message>
    <message>
        <source>No caption yet</source>
        <translation>还没有说明</translation>
    </message>
    <message>
        <source>No captions could be proposed.</source>
        <translation>无法提出说明。</translation>
    </message>
    <message>
        <source>No duplicates</source>
        <translation>没有重复照片</translation>
    </message>
    <message>
        <source>No favourite any more (F)</source>
        <translation>取消收藏 (F)</translation>
    </message>
    <message>
        <source>No favourites yet</source>
        <translation>还没有收藏</translation>
    </message>
    <message>
        <source>No file of these photos is there</source>
        <translation>这些照片的文件都不存在</translation>
    </message>
    <message>
        <source>No file was changed</source>
        <translation>没有文件被更改</translation>
    </message>
    <message>
        <source>No file would be changed now.</source>
        <translation>现在不会更改任何文件。</translation>
    </message>
    <message>
        <source>No folder is watched yet.</source>
        <translation>尚未监视任何文件夹。</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>不分组</translation>
    </message>
    <message>
        <source>No log file is open: copy the details.</source>
        <translation>没有打开的日志文件：请复制详细信息。</translation>
    </message>
    <message>
        <source>No model is loaded.</source>
        <translation>未加载模型。</translation>
    </message>
    <message>
        <source>No model {key} is installed.</source>
        <translation>未安装模型 {key}。</translation>
    </message>
    <message>
        <source>No photo fits {part}.</source>
        <translation>没有符合 {part} 的照片。</translation>
    </message>
    <message>
        <source>No photo fits {part}; {there_are}.</source>
        <translation>没有符合 {part} 的照片；{there_are}。</translation>
    </message>
    <message>
        <source>No photo has a caption yet; new captions are written as they are made.</source>
        <translation>还没有照片带说明；新的说明会在生成时写入。</translation>
    </message>
    <message>
        <source>No photo has two captions.</source>
        <translation>没有照片带有两条说明。</translation>
    </message>
    <message>
        <source>No photo has {words} as it stands; these have a part of it. The search by meaning knows English alone.</source>
        <translation>没有照片完整包含 {words}；这些照片包含其中一部分。按含义搜索仅支持英语。</translation>
    </message>
    <message>
        <source>No photo has {words}. The search by meaning knows English alone.</source>
        <translation>没有照片包含 {words}。按含义搜索仅支持英语。</translation>
    </message>
    <message>
        <source>No photo is missing</source>
        <translation>没有缺失的照片</translation>
    </message>
    <message>
        <source>No photo matches</source>
        <translation>没有匹配的照片</translation>
    </message>
    <message>
        <source>No photo selected</source>
        <translation>未选择照片</translation>
    </message>
    <message>
        <source>No photos here</source>
        <translation>这里没有照片</translation>
    </message>
    <message>
        <source>No picture could be read</source>
        <translation>无法读取图片</translation>
    </message>
    <message>
        <source>No picture to ask about</source>
        <translation>没有可提问的图片</translation>
    </message>
    <message>
        <source>No retrieval model is loaded.</source>
        <translation>未加载匹配模型。</translation>
    </message>
    <message>
        <source>No setting matches.</source>
        <translation>没有匹配的设置。</translation>
    </message>
    <message>
        <source>No similar photo</source>
        <translation>没有相似的照片</translation>
    </message>
    <message>
        <source>No tag is called so.</source>
        <translation>没有这个名称的标签。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>None of them has {tag} any more</source>
        <translation>已没有照片带有{tag}</translation>
    </message>
    <message>
        <source>Not among the photos found: it stays because you clicked it</source>
        <translation>不在搜索结果中：因为你点击过而保留</translation>
    </message>
    <message>
        <source>Not connected: nothing is lost, it comes back with its drive.</source>
        <translation>未连接：没有丢失任何内容，连接驱动器后即恢复。</translation>
    </message>
    <message>
        <source>Not everything could be put back.</source>
        <translation>未能全部恢复写入。</translation>
    </message>
    <message>
        <source>Not everything could be taken back.</source>
        <translation>未能全部撤回。</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>Not watching</source>
        <translation>未监视</translation>
    </message>
    <message>
        <source>Not with this word; -type:png leaves out what a filter finds.</source>
        <translation>不含此词；-type:png 排除筛选条件找到的内容。</translation>
    </message>
    <message>
        <source>Not written</source>
        <translation>未写入</translation>
    </message>
    <message>
        <source>Not: {filter}</source>
        <translation>排除：{filter}</translation>
    </message>
    <message>
        <source>Nothing can be captioned: {reason}</source>
        <translation>没有可生成说明的照片：{reason}</translation>
    </message>
    <message>
        <source>Nothing fits for sure. Maybe these:</source>
        <translation>没有确定相符的。可能是这些：</translation>
    </message>
    <message>
        <source>Nothing is kept yet: no caption, no setting, and your files stay as they are.</source>
        <translation>尚未保存任何内容：没有说明，没有设置，你的文件保持原样。</translation>
    </message>
    <message>
        <source>Nothing is written until you decide.</source>
        <translation>在你决定之前不会写入任何内容。</translation>
    </message>
    <message>
        <source>Nothing moves by itself</source>
        <translation>没有自动播放的动态</translation>
    </message>
    <message>
        <source>Nothing needs to be done.</source>
        <translation>无需任何操作。</translation>
    </message>
    <message>
        <source>Nothing of it was imported.</source>
        <translation>没有导入任何内容。</translation>
    </message>
    <message>
        <source>Nothing of this can be taken back.</source>
        <translation>其中没有可撤回的内容。</translation>
    </message>
    <message>
        <source>Nothing that a person wrote is lost: what is replaced can be taken back.</source>
        <translation>人工撰写的内容不会丢失：被替换的内容可以撤回。</translation>
    </message>
    <message>
        <source>Nothing to decide</source>
        <translation>没有需要决定的内容</translation>
    </message>
    <message>
        <source>Nothing to review</source>
        <translation>没有需要核对的内容</translation>
    </message>
    <message>
        <source>Nothing to take back</source>
        <translation>没有可撤回的内容</translation>
    </message>
    <message>
        <source>Nothing to take back is kept yet.</source>
        <translation>目前还没有可撤回的内容。</translation>
    </message>
    <message>
        <source>Nothing waits.</source>
        <translation>没有等待中的项目。</translation>
    </message>
    <message>
        <source>Nothing was found for {query}.</source>
        <translation>没有找到与{query}相符的内容。</translation>
    </message>
    <message>
        <source>Nothing was found here for {query}.</source>
        <translation>这里没有找到与{query}相符的内容。</translation>
    </message>
    <message>
        <source>Nothing was put back</source>
        <translation>没有恢复任何写入</translation>
    </message>
    <message>
        <source>Nothing was taken back</source>
        <translation>没有撤回任何内容</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>没有写入任何内容。</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Of BlipDesk itself; captions are written in English.</source>
        <translation>BlipDesk 界面的语言；说明以英文撰写。</translation>
    </message>
    <message>
        <source>Of a drawn picture it says: {words}</source>
        <translation>对一张绘制的图片，它说：{words}</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最早的在前</translation>
    </message>
    <message>
        <source>On a network drive: looked through every minute.</source>
        <translation>在网络驱动器上：每分钟扫描一次。</translation>
    </message>
    <message>
        <source>On battery: waiting for mains power</source>
        <translation>使用电池中：等待接通电源</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>在这台电脑上</translation>
    </message>
    <message>
        <source>One of the choices is blank.</source>
        <translation>有一个选项是空的。</translation>
    </message>
    <message>
        <source>One of the two; (small dog) OR cat groups words.</source>
        <translation>二者之一；(small dog) OR cat 可将词分组。</translation>
    </message>
    <message>
        <source>One of:</source>
        <translation>以下之一：</translation>
    </message>
    <message>
        <source>One question to all of these photos</source>
        <translation>向所有这些照片提出一个问题</translation>
    </message>
    <message>
        <source>Only a part of the file can be read. A copy that is whole can take its place.</source>
        <translation>只能读取文件的一部分。可用完整的副本替换它。</translation>
    </message>
    <message>
        <source>Only a part of this file could be read.</source>
        <translation>此文件只能读取一部分。</translation>
    </message>
    <message>
        <source>Only on mains power</source>
        <translation>仅在接通电源时</translation>
    </message>
    <message>
        <source>Only the EXIF part is written, because {reason}.</source>
        <translation>只写入 EXIF 部分，因为 {reason}。</translation>
    </message>
    <message>
        <source>Only the XMP part is written, because {reason}.</source>
        <translation>只写入 XMP 部分，因为 {reason}。</translation>
    </message>
    <message>
        <source>Only the demo models, which come with BlipDesk.</source>
        <translation>只有 BlipDesk 自带的演示模型。</translation>
    </message>
    <message>
        <source>Only the first {most} letters and signs are read: ask for less at once.</source>
        <translation>只读取前 {most} 个字符：请一次少问一些。</translation>
    </message>
    <message>
        <source>Only the first {most} terms are looked for: ask for less at once.</source>
        <translation>只查找前 {most} 个词：请一次少问一些。</translation>
    </message>
    <message>
        <source>Only the keywords are written.</source>
        <translation>只写入标签。</translation>
    </message>
    <message>
        <source>Only the rating is written.</source>
        <translation>只写入评分。</translation>
    </message>
    <message>
        <source>Only when the computer is idle</source>
        <translation>仅在电脑空闲时</translation>
    </message>
    <message>
        <source>Open BlipDesk</source>
        <translation>打开 BlipDesk</translation>
    </message>
    <message>
        <source>Open it in a picture viewer; if it does not show there either, put it back from a backup.</source>
        <translation>请在图片查看器中打开；如果那里也不显示，请从备份恢复。</translation>
    </message>
    <message>
        <source>Open it in another program and save a copy, or choose Try again after an update of BlipDesk.</source>
        <translation>请用其他程序打开并另存一份，或在更新 BlipDesk 后选择“重试”。</translation>
    </message>
    <message>
        <source>Open the log&apos;s folder</source>
        <translation>打开日志文件夹</translation>
    </message>
    <message>
        <source>Opening the photo…</source>
        <translation>正在打开照片…</translation>
    </message>
    <message>
        <source>Opening your library…</source>
        <translation>正在打开图库…</translation>
    </message>
    <message>
        <source>Other model</source>
        <translation>其他模型</translation>
    </message>
    <message>
        <source>PHOTO</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Parted by commas; Enter asks, Escape closes the line</source>
        <translation>用逗号分隔；Enter 提问，Escape 关闭此行</translation>
    </message>
    <message>
        <source>Passed over: it is {what}. {remedy}</source>
        <translation>已跳过：这是 {what}。{remedy}</translation>
    </message>
    <message>
        <source>Path copied</source>
        <translation>已复制路径</translation>
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
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Photo before or after</source>
        <translation>上一张或下一张</translation>
    </message>
    <message>
        <source>Photo copied</source>
        <translation>已复制照片</translation>
    </message>
    <message>
        <source>Photo files</source>
        <translation>照片文件</translation>
    </message>
    <message>
        <source>Photo {name}</source>
        <translation>照片 {name}</translation>
    </message>
    <message>
        <source>Photo {n}</source>
        <translation>照片 {n}</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Photos appear here as they are found. New ones are picked up by themselves.</source>
        <translation>找到的照片会显示在这里。新照片会自动收录。</translation>
    </message>
    <message>
        <source>Photos are compared by their captions. Nothing else comes near to this one, or it has none.</source>
        <translation>照片按说明进行比较。没有与这张相近的照片，或它没有说明。</translation>
    </message>
    <message>
        <source>Photos by date</source>
        <translation>按日期的照片</translation>
    </message>
    <message>
        <source>Photos by how well the caption fits, where that was looked at.</source>
        <translation>按说明的吻合度查找（已核对过的照片）。</translation>
    </message>
    <message>
        <source>Photos by who wrote the caption.</source>
        <translation>按说明的来源查找照片。</translation>
    </message>
    <message>
        <source>Photos for which the model found no caption are listed here, with the reason.</source>
        <translation>模型未能生成说明的照片会列在这里，并注明原因。</translation>
    </message>
    <message>
        <source>Photos in a folder, named by words of its path or by the whole path, and in those below it.</source>
        <translation>文件夹及其下的照片，用路径中的词或完整路径指定。</translation>
    </message>
    <message>
        <source>Photos in this state.</source>
        <translation>处于此状态的照片。</translation>
    </message>
    <message>
        <source>Photos of a camera, by words of its name.</source>
        <translation>按相机名称中的词查找照片。</translation>
    </message>
    <message>
        <source>Photos of a file type.</source>
        <translation>某种文件类型的照片。</translation>
    </message>
    <message>
        <source>Photos taken then; without a date taken, the file&apos;s counts.</source>
        <translation>当时拍摄的照片；没有拍摄日期时以文件日期为准。</translation>
    </message>
    <message>
        <source>Photos that could not be captioned</source>
        <translation>无法生成说明的照片</translation>
    </message>
    <message>
        <source>Photos that have this.</source>
        <translation>带有此项的照片。</translation>
    </message>
    <message>
        <source>Photos that show the very same picture are listed here.</source>
        <translation>画面完全相同的照片会列在这里。</translation>
    </message>
    <message>
        <source>Photos that show the very same picture as another, beside each other</source>
        <translation>画面完全相同的照片，并排显示</translation>
    </message>
    <message>
        <source>Photos that were read, and for which the model found no caption</source>
        <translation>已读取，但模型未能生成说明的照片</translation>
    </message>
    <message>
        <source>Photos through a lens, by words of its name.</source>
        <translation>按镜头名称中的词查找照片。</translation>
    </message>
    <message>
        <source>Photos whose files are gone are listed here. Their texts are kept until you remove them.</source>
        <translation>文件已不存在的照片会列在这里。其文字会保留到你移除为止。</translation>
    </message>
    <message>
        <source>Photos whose files are no longer where they were; their texts are kept</source>
        <translation>文件已不在原处的照片；其文字会保留</translation>
    </message>
    <message>
        <source>Photos with a keyword, or one that stands in it; where none has it, with one that has its words.</source>
        <translation>带有某标签或包含它的标签的照片；若没有，则为标签含有其中词语的照片。</translation>
    </message>
    <message>
        <source>Photos with both words first, then those with one or of like meaning.</source>
        <translation>先是含两个词的照片，然后是含其一或含义相近的。</translation>
    </message>
    <message>
        <source>Photos with so many stars.</source>
        <translation>带有这么多星的照片。</translation>
    </message>
    <message>
        <source>Photos with these words in a question that was asked about them, or in its answer.</source>
        <translation>就其提出的问题或回答中含有这些词的照片。</translation>
    </message>
    <message>
        <source>Photos with this in the name of their file.</source>
        <translation>文件名中含有此内容的照片。</translation>
    </message>
    <message>
        <source>Photos without a date of their own are sorted by it. Some programs look at a photo again only when it is newer: switch this off for them.</source>
        <translation>没有拍摄日期的照片按文件日期排序。有些程序只有在照片更新时才会重新查看：为它们请关闭此项。</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Precisions: {precisions}.</source>
        <translation>精度：{precisions}。</translation>
    </message>
    <message>
        <source>Press Enter for the large view</source>
        <translation>按 Enter 查看大图</translation>
    </message>
    <message>
        <source>Press to fold</source>
        <translation>按下折叠</translation>
    </message>
    <message>
        <source>Press to take it off</source>
        <translation>按下即可移除</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Previous (Left)</source>
        <translation>上一张 (←)</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>上一张照片</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
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
        <source>Propose others</source>
        <translation>提出其他</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>已恢复写入</translation>
    </message>
    <message>
        <source>Put back what was taken back: {when}?</source>
        <translation>要恢复已撤回的内容吗？（{when}）</translation>
    </message>
    <message>
        <source>Put back {n} file</source>
        <translation>恢复写入 {n} 个文件</translation>
    </message>
    <message>
        <source>Put back {n} files</source>
        <translation>恢复写入 {n} 个文件</translation>
    </message>
    <message>
        <source>Put back: {when}</source>
        <translation>恢复写入：{when}</translation>
    </message>
    <message>
        <source>Put back…</source>
        <translation>恢复写入…</translation>
    </message>
    <message>
        <source>Put it back, or look through its folder again if it was moved.</source>
        <translation>请把它放回去；如果已移动，请重新扫描其文件夹。</translation>
    </message>
    <message>
        <source>Put it in other words.</source>
        <translation>请换一种说法。</translation>
    </message>
    <message>
        <source>Put the hidden tags away</source>
        <translation>收起隐藏的标签</translation>
    </message>
    <message>
        <source>Putting back {done} of {total}…</source>
        <translation>正在恢复写入：{done} / {total}…</translation>
    </message>
    <message>
        <source>Putting back…</source>
        <translation>正在恢复写入…</translation>
    </message>
    <message>
        <source>QUESTIONS</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Question deleted</source>
        <translation>问题已删除</translation>
    </message>
    <message>
        <source>Question to all of these photos</source>
        <translation>向所有这些照片提问</translation>
    </message>
    <message>
        <source>Question: {question}</source>
        <translation>问题：{question}</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Quit BlipDesk</source>
        <translation>退出 BlipDesk</translation>
    </message>
    <message>
        <source>Raise --max-new-tokens.</source>
        <translation>请增大 --max-new-tokens。</translation>
    </message>
    <message>
        <source>Raise --num-beams, or leave it out.</source>
        <translation>请增大 --num-beams，或去掉它。</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
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
        <source>Reading this photo stopped the reader twice; it was set aside.</source>
        <translation>读取这张照片使读取程序停止了两次；已将其搁置。</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Really stop watching {path}</source>
        <translation>确定停止监视 {path}</translation>
    </message>
    <message>
        <source>Recently added</source>
        <translation>最近添加</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove from the library…</source>
        <translation>从图库移除…</translation>
    </message>
    <message>
        <source>Remove it first: blipdesk models remove {key}</source>
        <translation>请先移除 {key}。</translation>
    </message>
    <message>
        <source>Remove {model}?</source>
        <translation>移除 {model}？</translation>
    </message>
    <message>
        <source>Remove {words} from the library?</source>
        <translation>要从图库移除 {words}吗？</translation>
    </message>
    <message>
        <source>Removed: BlipDesk had made it</source>
        <translation>已删除：由 BlipDesk 创建</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Removing a folder only stops BlipDesk from looking at it. Your files stay where they are, and captions, tags and questions are kept: add the folder again and they are back.</source>
        <translation>移除文件夹只是让 BlipDesk 不再查看它。你的文件留在原处，说明、标签和提问也会保留：重新添加该文件夹即可恢复。</translation>
    </message>
    <message>
        <source>Removing did not work.</source>
        <translation>移除失败。</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>正在移除…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Rename the tag {name}</source>
        <translation>重命名标签{name}</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Renaming {old} to {new}</source>
        <translation>正在将{old}重命名为{new}</translation>
    </message>
    <message>
        <source>Replace captions that people wrote?</source>
        <translation>替换人工撰写的说明？</translation>
    </message>
    <message>
        <source>Replace: the caption takes the place of the person&apos;s, until you take it back.</source>
        <translation>替换：在你撤回之前，新说明取代原说明。</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Reset: {setting}</source>
        <translation>重置：{setting}</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Resume {model}</source>
        <translation>继续下载 {model}</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Revert the caption</source>
        <translation>还原说明</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>待核对</translation>
    </message>
    <message>
        <source>Room for that</source>
        <translation>为此保留的空间</translation>
    </message>
    <message>
        <source>Run git lfs pull in the folder that was cloned.</source>
        <translation>请在克隆的文件夹中运行 git lfs pull。</translation>
    </message>
    <message>
        <source>Run {run_id} is passed over.</source>
        <translation>第 {run_id} 次运行已跳过。</translation>
    </message>
    <message>
        <source>SEARCH</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Said nearly the same: “{caption}”</source>
        <translation>内容几乎相同：“{caption}”</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save a copy as JPEG, PNG or TIFF, and that copy is captioned.</source>
        <translation>请另存为 JPEG、PNG 或 TIFF，该副本会生成说明。</translation>
    </message>
    <message>
        <source>Save a smaller copy of it (JPEG may be up to 300 megapixels), and that copy is captioned.</source>
        <translation>请另存一份较小的副本（JPEG 最大 3 亿像素），说明会为该副本生成。</translation>
    </message>
    <message>
        <source>Save a smaller copy of it, and that copy is captioned.</source>
        <translation>请保存一个较小的副本，该副本会生成说明。</translation>
    </message>
    <message>
        <source>Save the caption</source>
        <translation>保存说明</translation>
    </message>
    <message>
        <source>Save the caption (Ctrl+Enter)</source>
        <translation>保存说明 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>保存此搜索</translation>
    </message>
    <message>
        <source>Saved search</source>
        <translation>保存的搜索</translation>
    </message>
    <message>
        <source>Saved search {name}</source>
        <translation>保存的搜索 {name}</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>保存的搜索</translation>
    </message>
    <message>
        <source>Saved: press to let it go</source>
        <translation>已保存：按下即可取消</translation>
    </message>
    <message>
        <source>Say where they go: --to sidecar or embed.</source>
        <translation>请指定写入位置：--to sidecar 或 embed。</translation>
    </message>
    <message>
        <source>Scan its folder again.</source>
        <translation>请重新扫描其文件夹。</translation>
    </message>
    <message>
        <source>Scan the folder again.</source>
        <translation>请重新扫描该文件夹。</translation>
    </message>
    <message>
        <source>Scores captions against their photos, finds photos by meaning: the first choice.</source>
        <translation>评估说明与照片的吻合度，按含义查找照片：首选。</translation>
    </message>
    <message>
        <source>Scores captions more finely than BLIP&apos;s.</source>
        <translation>对说明的评分比 BLIP 的更细致。</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search all photos</source>
        <translation>搜索所有照片</translation>
    </message>
    <message>
        <source>Search captions, tags and file names</source>
        <translation>搜索说明、标签和文件名</translation>
    </message>
    <message>
        <source>Search instead for {value}</source>
        <translation>改为搜索{value}</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Search without {words}</source>
        <translation>去掉{words}再搜索</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Section {title}</source>
        <translation>{title} 部分</translation>
    </message>
    <message>
        <source>See the log.</source>
        <translation>请查看日志。</translation>
    </message>
    <message>
        <source>See what would be written…</source>
        <translation>查看将写入的内容…</translation>
    </message>
    <message>
        <source>Select a photo and press F, or press the star on its picture. Five stars in a file count.</source>
        <translation>选择照片并按 F，或点击图片上的星标。文件中的五星也算收藏。</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Select all photos of this group (Ctrl+G)</source>
        <translation>选择此组的所有照片 (Ctrl+G)</translation>
    </message>
    <message>
        <source>Select some, or search for others.</source>
        <translation>请选择一些，或搜索其他照片。</translation>
    </message>
    <message>
        <source>Select the group</source>
        <translation>选择本组</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Send the question</source>
        <translation>发送问题</translation>
    </message>
    <message>
        <source>Separate them by commas, or name a list: {choices}.</source>
        <translation>请用逗号分隔，或给出列表名：{choices}。</translation>
    </message>
    <message>
        <source>Set it to the token alone, or unset it.</source>
        <translation>请只设置令牌，或取消设置。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Settings (Ctrl+,)</source>
        <translation>设置 (Ctrl+,)</translation>
    </message>
    <message>
        <source>Short answers about a photo.</source>
        <translation>对照片作简短回答。</translation>
    </message>
    <message>
        <source>Show again</source>
        <translation>重新显示</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Show all models</source>
        <translation>显示所有模型</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>显示所有照片</translation>
    </message>
    <message>
        <source>Show all reasons</source>
        <translation>显示所有原因</translation>
    </message>
    <message>
        <source>Show all tags</source>
        <translation>显示所有标签</translation>
    </message>
    <message>
        <source>Show earlier questions</source>
        <translation>显示之前的问题</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>在文件管理器中显示</translation>
    </message>
    <message>
        <source>Show more folders</source>
        <translation>显示更多文件夹</translation>
    </message>
    <message>
        <source>Show older changes</source>
        <translation>显示更早的更改</translation>
    </message>
    <message>
        <source>Show the answers</source>
        <translation>显示回答</translation>
    </message>
    <message>
        <source>Show the reasons</source>
        <translation>显示原因</translation>
    </message>
    <message>
        <source>Show these photos</source>
        <translation>显示这些照片</translation>
    </message>
    <message>
        <source>Show these photos and what helps</source>
        <translation>显示这些照片和解决办法</translation>
    </message>
    <message>
        <source>Show this photo</source>
        <translation>显示此照片</translation>
    </message>
    <message>
        <source>Show {name}, which has words not saved yet</source>
        <translation>显示 {name}，其中有尚未保存的文字</translation>
    </message>
    <message>
        <source>Show {n} earlier question</source>
        <translation>显示之前的 {n} 个问题</translation>
    </message>
    <message>
        <source>Show {n} earlier questions</source>
        <translation>显示之前的 {n} 个问题</translation>
    </message>
    <message>
        <source>Show {n} more model</source>
        <translation>再显示 {n} 个模型</translation>
    </message>
    <message>
        <source>Show {n} more models</source>
        <translation>再显示 {n} 个模型</translation>
    </message>
    <message>
        <source>Showing results for {value}.</source>
        <translation>正在显示{value}的结果。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Size of the photos</source>
        <translation>照片大小</translation>
    </message>
    <message>
        <source>Size of the photos (Ctrl with +, − or the wheel)</source>
        <translation>照片大小（Ctrl 加 +、− 或滚轮）</translation>
    </message>
    <message>
        <source>Skip all</source>
        <translation>全部跳过</translation>
    </message>
    <message>
        <source>Skip: start with an empty library and the demo models</source>
        <translation>跳过：以空图库和演示模型开始</translation>
    </message>
    <message>
        <source>Smaller numbers are faster and need less memory.</source>
        <translation>数值越小越快，占用内存越少。</translation>
    </message>
    <message>
        <source>Smaller photos</source>
        <translation>缩小照片</translation>
    </message>
    <message>
        <source>So long without keyboard and mouse.</source>
        <translation>没有键盘和鼠标操作的时长。</translation>
    </message>
    <message>
        <source>Something else wrote into it since: left as it is</source>
        <translation>此后有其他程序写入：保持原样</translation>
    </message>
    <message>
        <source>Something in BlipDesk went wrong</source>
        <translation>BlipDesk 出现错误</translation>
    </message>
    <message>
        <source>Something unexpected happened.</source>
        <translation>发生了意外情况。</translation>
    </message>
    <message>
        <source>Sort order</source>
        <translation>排序方式</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Start BlipDesk again to begin with an empty catalog; keep the file that was set aside, its texts may be recovered.</source>
        <translation>再次启动 BlipDesk 即从空目录库开始；请保留移到一边的文件，其中的文字或许可以恢复。</translation>
    </message>
    <message>
        <source>Start BlipDesk again; please report it with the log.</source>
        <translation>请重新启动 BlipDesk，并附上日志报告。</translation>
    </message>
    <message>
        <source>Start BlipDesk and add a folder.</source>
        <translation>请启动 BlipDesk 并添加文件夹。</translation>
    </message>
    <message>
        <source>Start BlipDesk once to upgrade it.</source>
        <translation>请启动一次 BlipDesk 以升级它。</translation>
    </message>
    <message>
        <source>Start with the computer</source>
        <translation>随电脑启动</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Step {n} of {total}: {step}</source>
        <translation>第 {n} 步，共 {total} 步：{step}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>停止 (Esc)</translation>
    </message>
    <message>
        <source>Stop after the file in hand</source>
        <translation>处理完当前文件后停止</translation>
    </message>
    <message>
        <source>Stop answering</source>
        <translation>停止回答</translation>
    </message>
    <message>
        <source>Stop asking</source>
        <translation>停止提问</translation>
    </message>
    <message>
        <source>Stop captioning again</source>
        <translation>停止重新生成说明</translation>
    </message>
    <message>
        <source>Stop proposing captions</source>
        <translation>停止提出说明</translation>
    </message>
    <message>
        <source>Stop watching it?</source>
        <translation>停止监视？</translation>
    </message>
    <message>
        <source>Stop watching this folder</source>
        <translation>停止监视此文件夹</translation>
    </message>
    <message>
        <source>Stop watching {path}</source>
        <translation>停止监视 {path}</translation>
    </message>
    <message>
        <source>Stop: the caption stays as it is</source>
        <translation>停止：说明保持不变</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Stopped after {count}. The others are as they were.</source>
        <translation>已在处理 {count}后停止。其他保持原样。</translation>
    </message>
    <message>
        <source>Stopped. {words} The others are as they were.</source>
        <translation>已停止。{words}其他保持原样。</translation>
    </message>
    <message>
        <source>Stopped: the other photos follow at the next start</source>
        <translation>已停止：其余照片将在下次启动时更改</translation>
    </message>
    <message>
        <source>Stopped: {words}</source>
        <translation>已停止：{words}</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Stopping after this file…</source>
        <translation>处理完此文件后停止…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Sure: the checking model finds that the caption fits the photo.</source>
        <translation>确定：核对模型认为说明与照片吻合。</translation>
    </message>
    <message>
        <source>TAGS</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Tag added</source>
        <translation>已添加标签</translation>
    </message>
    <message>
        <source>Tag paths</source>
        <translation>标签路径</translation>
    </message>
    <message>
        <source>Tag removed</source>
        <translation>已移除标签</translation>
    </message>
    <message>
        <source>Tag {name}</source>
        <translation>标签 {name}</translation>
    </message>
    <message>
        <source>Tag {name}, {photos}</source>
        <translation>标签 {name}，{photos}</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Tags added to {n} photo</source>
        <translation>已为 {n} 张照片添加标签</translation>
    </message>
    <message>
        <source>Tags added to {n} photos</source>
        <translation>已为 {n} 张照片添加标签</translation>
    </message>
    <message>
        <source>Tags appear as photos are captioned.</source>
        <translation>照片生成说明后会出现标签。</translation>
    </message>
    <message>
        <source>Tags to choose from</source>
        <translation>可选的标签</translation>
    </message>
    <message>
        <source>Take back everything since: {when}</source>
        <translation>撤回此后的全部更改：{when}</translation>
    </message>
    <message>
        <source>Take back everything written since then: {when}?</source>
        <translation>要撤回此后写入的全部内容吗？（{when}）</translation>
    </message>
    <message>
        <source>Take back what was just written?</source>
        <translation>撤回刚刚写入的内容？</translation>
    </message>
    <message>
        <source>Take back what was written for {count}?</source>
        <translation>要撤回为 {count}写入的内容吗？</translation>
    </message>
    <message>
        <source>Take back what was written into the files of the selected photos</source>
        <translation>撤回写入所选照片文件的内容</translation>
    </message>
    <message>
        <source>Take back what was written: {when}?</source>
        <translation>要撤回已写入的内容吗？（{when}）</translation>
    </message>
    <message>
        <source>Take back {n} file</source>
        <translation>撤回 {n} 个文件</translation>
    </message>
    <message>
        <source>Take back {n} files</source>
        <translation>撤回 {n} 个文件</translation>
    </message>
    <message>
        <source>Take back: {title}, {when}</source>
        <translation>撤回：{title}，{when}</translation>
    </message>
    <message>
        <source>Take back…</source>
        <translation>撤回…</translation>
    </message>
    <message>
        <source>Take caption back</source>
        <translation>撤回说明</translation>
    </message>
    <message>
        <source>Take caption back…</source>
        <translation>撤回说明…</translation>
    </message>
    <message>
        <source>Take captions back…</source>
        <translation>撤回说明…</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Take off the favourites</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Take off: {name}</source>
        <translation>移除：{name}</translation>
    </message>
    <message>
        <source>Take the changes back (Esc)</source>
        <translation>撤销更改 (Esc)</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>拍摄时间</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Taken back already</source>
        <translation>已撤回过</translation>
    </message>
    <message>
        <source>Taken back in part</source>
        <translation>已部分撤回</translation>
    </message>
    <message>
        <source>Taken back: its sidecar is removed</source>
        <translation>已撤回：附属文件已删除</translation>
    </message>
    <message>
        <source>Taken back: the file is as it was before</source>
        <translation>已撤回：文件已恢复原样</translation>
    </message>
    <message>
        <source>Taken off the favourites</source>
        <translation>已取消收藏</translation>
    </message>
    <message>
        <source>Taking back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Taking back {done} of {total}…</source>
        <translation>正在撤回：{done} / {total}…</translation>
    </message>
    <message>
        <source>Taking back…</source>
        <translation>正在撤回…</translation>
    </message>
    <message>
        <source>Taking tags back</source>
        <translation>正在撤销标签</translation>
    </message>
    <message>
        <source>Taking {tag} off</source>
        <translation>正在移除{tag}</translation>
    </message>
    <message>
        <source>That did not work.</source>
        <translation>操作未成功。</translation>
    </message>
    <message>
        <source>That leaves nothing to look for; without it there are {n} photos.</source>
        <translation>这样就没有可搜索的内容了；去掉它有 {n} 张照片。</translation>
    </message>
    <message>
        <source>That leaves nothing to look for; without it there is 1 photo.</source>
        <translation>这样就没有可搜索的内容了；去掉它有 1 张照片。</translation>
    </message>
    <message>
        <source>The BlipDesk that holds {data_dir} does not answer.</source>
        <translation>占用 {data_dir} 的 BlipDesk 没有响应。</translation>
    </message>
    <message>
        <source>The activity panel says why.</source>
        <translation>原因见活动面板。</translation>
    </message>
    <message>
        <source>The answer is awaited</source>
        <translation>正在等待回答</translation>
    </message>
    <message>
        <source>The answer is being stopped</source>
        <translation>正在停止回答</translation>
    </message>
    <message>
        <source>The answer of {host} is not that of a model hub ({name}).</source>
        <translation>{host} 的响应不是模型中心站的响应（{name}）。</translation>
    </message>
    <message>
        <source>The answers take {time} at {each} s each; opening the photos and captioning others comes on top.</source>
        <translation>回答用时：{time}（每个 {each} 秒）；打开照片和为其他照片生成说明另需时间。</translation>
    </message>
    <message>
        <source>The best answers of BLIP-2.</source>
        <translation>BLIP-2 中回答最好的。</translation>
    </message>
    <message>
        <source>The calibration of the scores cannot be read.</source>
        <translation>无法读取评分的校准数据。</translation>
    </message>
    <message>
        <source>The caption came from the file and stands there.</source>
        <translation>说明来自文件，并保留在其中。</translation>
    </message>
    <message>
        <source>The caption comes from the file itself.</source>
        <translation>说明来自文件本身。</translation>
    </message>
    <message>
        <source>The caption could not be saved.</source>
        <translation>无法保存说明。</translation>
    </message>
    <message>
        <source>The caption could not be taken back.</source>
        <translation>无法撤回说明。</translation>
    </message>
    <message>
        <source>The caption could not be written.</source>
        <translation>无法写入说明。</translation>
    </message>
    <message>
        <source>The caption fits.</source>
        <translation>说明吻合。</translation>
    </message>
    <message>
        <source>The caption goes to a sidecar, because {reason}.</source>
        <translation>说明写入附属文件，因为 {reason}。</translation>
    </message>
    <message>
        <source>The caption is right</source>
        <translation>说明正确</translation>
    </message>
    <message>
        <source>The caption is right: it needs no review</source>
        <translation>说明正确：无需核对</translation>
    </message>
    <message>
        <source>The caption is taken back.</source>
        <translation>撤回说明。</translation>
    </message>
    <message>
        <source>The caption is too long for the model: it did not come to {word}.</source>
        <translation>说明对模型来说太长，没有读到{word}。</translation>
    </message>
    <message>
        <source>The caption may fit.</source>
        <translation>说明可能吻合。</translation>
    </message>
    <message>
        <source>The caption may not fit. Change it, or confirm it beside the photo.</source>
        <translation>说明可能不符。请在照片旁更改或确认它。</translation>
    </message>
    <message>
        <source>The caption now</source>
        <translation>当前的说明</translation>
    </message>
    <message>
        <source>The caption probably does not fit.</source>
        <translation>说明可能不符。</translation>
    </message>
    <message>
        <source>The caption stands beside the photo now</source>
        <translation>说明现已写在照片旁</translation>
    </message>
    <message>
        <source>The caption stands in BlipDesk and in a small file beside the photo.</source>
        <translation>说明在 BlipDesk 中，也在照片旁的小文件中。</translation>
    </message>
    <message>
        <source>The caption stands in BlipDesk and inside the photo.</source>
        <translation>说明在 BlipDesk 中，也在照片内部。</translation>
    </message>
    <message>
        <source>The caption stands in BlipDesk only.</source>
        <translation>说明只在 BlipDesk 中。</translation>
    </message>
    <message>
        <source>The caption stands in the file, or beside it.</source>
        <translation>说明在文件中，或在文件旁。</translation>
    </message>
    <message>
        <source>The caption stands in the photo now</source>
        <translation>说明现已写入照片</translation>
    </message>
    <message>
        <source>The caption stands there already</source>
        <translation>说明已在其中</translation>
    </message>
    <message>
        <source>The caption stays as it is</source>
        <translation>说明保持不变</translation>
    </message>
    <message>
        <source>The caption was not written</source>
        <translation>说明未写入</translation>
    </message>
    <message>
        <source>The caption will appear here…</source>
        <translation>说明将显示在这里…</translation>
    </message>
    <message>
        <source>The captions could not be read</source>
        <translation>无法读取说明</translation>
    </message>
    <message>
        <source>The captions of {n} of {total} photos are not read by meaning yet.</source>
        <translation>{total} 张照片中有 {n} 张的说明尚未按含义读取。</translation>
    </message>
    <message>
        <source>The captions stay in the catalog only.</source>
        <translation>说明只保留在目录库中。</translation>
    </message>
    <message>
        <source>The catalog cannot be backed up to {folder} ({reason}).</source>
        <translation>无法将目录库备份到 {folder}（{reason}）。</translation>
    </message>
    <message>
        <source>The catalog cannot be written.</source>
        <translation>无法写入目录库。</translation>
    </message>
    <message>
        <source>The catalog in {data_dir} is in use ({holder}).</source>
        <translation>{data_dir} 中的目录库正在使用（{holder}）。</translation>
    </message>
    <message>
        <source>The catalog in {data_dir} is in use by another BlipDesk ({holder}).</source>
        <translation>{data_dir} 中的目录库正被另一个 BlipDesk 使用（{holder}）。</translation>
    </message>
    <message>
        <source>The catalog is closed.</source>
        <translation>目录库已关闭。</translation>
    </message>
    <message>
        <source>The catalog is damaged.</source>
        <translation>目录库已损坏。</translation>
    </message>
    <message>
        <source>The catalog is in use by another program.</source>
        <translation>目录库正被其他程序使用。</translation>
    </message>
    <message>
        <source>The catalog is of an older version.</source>
        <translation>目录库是旧版本。</translation>
    </message>
    <message>
        <source>The catalog knows no photo at {path}.</source>
        <translation>目录库中没有 {path} 处的照片。</translation>
    </message>
    <message>
        <source>The catalog of {photos} photos is gone from {data_dir}.</source>
        <translation>{data_dir} 中包含 {photos} 张照片的目录库不见了。</translation>
    </message>
    <message>
        <source>The catalog was opened for reading only.</source>
        <translation>目录库以只读方式打开。</translation>
    </message>
    <message>
        <source>The catalog {path} cannot be read ({reason}).</source>
        <translation>无法读取目录库 {path}（{reason}）。</translation>
    </message>
    <message>
        <source>The catalog {path} could not be upgraded ({reason}). It is as it was.</source>
        <translation>无法升级目录库 {path}（{reason}）。它保持原样。</translation>
    </message>
    <message>
        <source>The catalog {path} was written by a newer BlipDesk.</source>
        <translation>目录库 {path} 由更新版本的 BlipDesk 写入。</translation>
    </message>
    <message>
        <source>The catalog {path} {reason}.</source>
        <translation>目录库 {path}：{reason}。</translation>
    </message>
    <message>
        <source>The catalog {path} {reason}. It held {photos} photos. It was set aside as {name}; your photos are untouched.</source>
        <translation>目录库 {path}：{reason}。其中有 {photos} 张照片的内容。已另存为 {name}；你的照片未受影响。</translation>
    </message>
    <message>
        <source>The catalog {path} {reason}. It was set aside as {name}; your photos are untouched.</source>
        <translation>目录库 {path}：{reason}。已另存为 {name}；你的照片未受影响。</translation>
    </message>
    <message>
        <source>The certificate of {host} cannot be verified.</source>
        <translation>无法验证 {host} 的证书。</translation>
    </message>
    <message>
        <source>The changes could not be read.</source>
        <translation>无法读取更改记录。</translation>
    </message>
    <message>
        <source>The check found a fault.</source>
        <translation>检查发现问题。</translation>
    </message>
    <message>
        <source>The checking model failed {count} times, one after the other.</source>
        <translation>核对模型连续失败了 {count} 次。</translation>
    </message>
    <message>
        <source>The choice {choice} is there twice.</source>
        <translation>选项 {choice} 出现了两次。</translation>
    </message>
    <message>
        <source>The connection broke</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>The connection to {host} broke again and again.</source>
        <translation>与 {host} 的连接多次中断。</translation>
    </message>
    <message>
        <source>The copy of {key} differs from its source.</source>
        <translation>{key} 的副本与来源不同。</translation>
    </message>
    <message>
        <source>The data folder {data_dir} cannot be made ({reason}).</source>
        <translation>无法创建数据文件夹 {data_dir}（{reason}）。</translation>
    </message>
    <message>
        <source>The data folder {data_dir} cannot be written ({reason}).</source>
        <translation>无法写入数据文件夹 {data_dir}（{reason}）。</translation>
    </message>
    <message>
        <source>The decision is kept in BlipDesk.</source>
        <translation>决定已保存在 BlipDesk 中。</translation>
    </message>
    <message>
        <source>The demo model answers questions about drawn scenes only. Nothing leaves this computer.</source>
        <translation>演示模型只能回答关于绘制场景的问题。任何内容都不会离开这台电脑。</translation>
    </message>
    <message>
        <source>The demo model only understands drawn scenes</source>
        <translation>演示模型只能理解绘制的场景</translation>
    </message>
    <message>
        <source>The demo models are built in and quick, but they only understand drawn scenes: fine to look around, not for real photos. You can change this at any time under Settings.</source>
        <translation>演示模型内置且快速，只能理解绘制的场景：适合试看，不适合真实照片。可随时在“设置”中更改。</translation>
    </message>
    <message>
        <source>The demo models are part of the program.</source>
        <translation>演示模型是程序的一部分。</translation>
    </message>
    <message>
        <source>The demo models know drawn scenes only: of a real photo they say something odd.</source>
        <translation>演示模型只认识绘制的场景：对真实照片会说出奇怪的话。</translation>
    </message>
    <message>
        <source>The disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>The disk of {place} is full.</source>
        <translation>{place} 的磁盘已满。</translation>
    </message>
    <message>
        <source>The disk with the catalog failed.</source>
        <translation>目录库所在的磁盘出现故障。</translation>
    </message>
    <message>
        <source>The disk with the catalog is full.</source>
        <translation>目录库所在的磁盘已满。</translation>
    </message>
    <message>
        <source>The download cannot be started: {strerror}.</source>
        <translation>无法开始下载：{strerror}。</translation>
    </message>
    <message>
        <source>The download failed for a reason of ours ({name}).</source>
        <translation>由于 BlipDesk 自身的原因下载失败（{name}）。</translation>
    </message>
    <message>
        <source>The download of {repo} broke off: {error}.</source>
        <translation>{repo} 的下载中断：{error}。</translation>
    </message>
    <message>
        <source>The drive is not connected; captions are kept.</source>
        <translation>驱动器未连接；说明会保留。</translation>
    </message>
    <message>
        <source>The drive of this photo is not connected.</source>
        <translation>这张照片的驱动器未连接。</translation>
    </message>
    <message>
        <source>The drive of {folder} is not connected. Nothing is lost.</source>
        <translation>{folder} 的驱动器未连接。没有丢失任何内容。</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>The file cannot be looked at: {reason}.</source>
        <translation>无法查看文件：{reason}。</translation>
    </message>
    <message>
        <source>The file has another caption than yours</source>
        <translation>文件中的说明与你的不同</translation>
    </message>
    <message>
        <source>The file has another caption than yours.</source>
        <translation>文件中的说明与你的不同。</translation>
    </message>
    <message>
        <source>The file has another caption than yours: nothing is written until you decide.</source>
        <translation>文件中的说明与你的不同：在你决定之前不会写入任何内容。</translation>
    </message>
    <message>
        <source>The file is no longer in its place.</source>
        <translation>文件已不在原处。</translation>
    </message>
    <message>
        <source>The file is not there any more</source>
        <translation>文件已不存在</translation>
    </message>
    <message>
        <source>The file is not where it was. Put it back, or remove the photo from the library.</source>
        <translation>文件不在原处。请将其放回，或从图库移除这张照片。</translation>
    </message>
    <message>
        <source>The file is only in the cloud; it is read once it is on this disk.</source>
        <translation>文件只在云端；下载到此磁盘后会读取。</translation>
    </message>
    <message>
        <source>The file is probably damaged; save a copy of it in another program, and that copy is captioned.</source>
        <translation>文件可能已损坏；请用其他程序另存一份，说明会为该副本生成。</translation>
    </message>
    <message>
        <source>The file is still being copied; the next run takes it in.</source>
        <translation>文件仍在复制；下次运行会收入。</translation>
    </message>
    <message>
        <source>The file manager could not be opened.</source>
        <translation>无法打开文件管理器。</translation>
    </message>
    <message>
        <source>The file says: {caption}</source>
        <translation>文件中写着：{caption}</translation>
    </message>
    <message>
        <source>The files are gone already. Their captions, tags, questions and answers are deleted too, and do not come back if the files do. This cannot be undone.</source>
        <translation>文件已不存在。其说明、标签、问题和回答也会删除，即使文件恢复也不会回来。此操作无法撤销。</translation>
    </message>
    <message>
        <source>The files keep what they say: captions stay in BlipDesk, as chosen in the settings under Photo files.</source>
        <translation>文件内容保持不变：按照设置中“照片文件”的选择，说明保留在 BlipDesk 中。</translation>
    </message>
    <message>
        <source>The files of the model {model} were changed while it was in use.</source>
        <translation>模型 {model} 的文件在使用时被更改。</translation>
    </message>
    <message>
        <source>The folder cannot be read: {reason}.</source>
        <translation>无法读取文件夹：{reason}。</translation>
    </message>
    <message>
        <source>The folder could not be added.</source>
        <translation>无法添加文件夹。</translation>
    </message>
    <message>
        <source>The folder could not be removed.</source>
        <translation>无法移除文件夹。</translation>
    </message>
    <message>
        <source>The folder of {name} is read-only.</source>
        <translation>{name} 所在的文件夹为只读。</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be read. Allow your user account to read it.</source>
        <translation>无法读取文件夹 {folder}。请允许你的用户账户读取它。</translation>
    </message>
    <message>
        <source>The folder {folder} is not there.</source>
        <translation>文件夹 {folder} 不存在。</translation>
    </message>
    <message>
        <source>The folder {folder} is not there. If it is on a drive, connect it; nothing is lost.</source>
        <translation>文件夹 {folder} 不在。如果它在驱动器上，请连接；没有丢失任何内容。</translation>
    </message>
    <message>
        <source>The folder {models_dir} cannot be written: {reason}.</source>
        <translation>无法写入文件夹 {models_dir}：{reason}。</translation>
    </message>
    <message>
        <source>The folder {path} cannot be read.</source>
        <translation>无法读取文件夹 {path}。</translation>
    </message>
    <message>
        <source>The folders could not be looked at.</source>
        <translation>无法查看文件夹。</translation>
    </message>
    <message>
        <source>The folders could not be looked through.</source>
        <translation>无法扫描文件夹。</translation>
    </message>
    <message>
        <source>The folders could not be read.</source>
        <translation>无法读取文件夹。</translation>
    </message>
    <message>
        <source>The graphics card stopped working for the model.</source>
        <translation>显卡停止为模型工作。</translation>
    </message>
    <message>
        <source>The hub does not say which revision of {repo} it has.</source>
        <translation>中心站没有说明 {repo} 的修订版本。</translation>
    </message>
    <message>
        <source>The hub gives no checksum for {rfilename} of {repo}.</source>
        <translation>中心站没有提供 {repo} 的 {rfilename} 的校验和。</translation>
    </message>
    <message>
        <source>The information stored in this file could not be read.</source>
        <translation>无法读取此文件中存储的信息。</translation>
    </message>
    <message>
        <source>The library could not be opened</source>
        <translation>无法打开图库</translation>
    </message>
    <message>
        <source>The library could not be read</source>
        <translation>无法读取图库</translation>
    </message>
    <message>
        <source>The link does not lead to a regular file.</source>
        <translation>链接指向的不是普通文件。</translation>
    </message>
    <message>
        <source>The link leads nowhere.</source>
        <translation>链接没有指向任何地方。</translation>
    </message>
    <message>
        <source>The link leads out of the library; it is not followed.</source>
        <translation>链接指向图库之外；不跟随。</translation>
    </message>
    <message>
        <source>The link leads to a photo that is in the library already.</source>
        <translation>链接指向的照片已在图库中。</translation>
    </message>
    <message>
        <source>The list of folders could not be read.</source>
        <translation>无法读取文件夹列表。</translation>
    </message>
    <message>
        <source>The log file has the details.</source>
        <translation>详细信息见日志文件。</translation>
    </message>
    <message>
        <source>The log has more; what was not written is written in the next run.</source>
        <translation>详情见日志；未写入的内容会在下次运行时写入。</translation>
    </message>
    <message>
        <source>The machine&apos;s caption is taken out.</source>
        <translation>移除自动生成的说明。</translation>
    </message>
    <message>
        <source>The machine&apos;s caption was taken out by another program; it is written again where somebody asks for it.</source>
        <translation>自动生成的说明被其他程序移除了；要求写入时会重新写入。</translation>
    </message>
    <message>
        <source>The metadata of this {kind} file is not readable.</source>
        <translation>无法读取此 {kind} 文件的元数据。</translation>
    </message>
    <message>
        <source>The model cannot be copied: {reason}.</source>
        <translation>无法复制模型：{reason}。</translation>
    </message>
    <message>
        <source>The model could not be imported.</source>
        <translation>无法导入模型。</translation>
    </message>
    <message>
        <source>The model failed ({name}).</source>
        <translation>模型出错（{name}）。</translation>
    </message>
    <message>
        <source>The model failed on this photo.</source>
        <translation>模型在这张照片上出错。</translation>
    </message>
    <message>
        <source>The model failed on this question.</source>
        <translation>模型处理此问题时失败。</translation>
    </message>
    <message>
        <source>The model failed on this text.</source>
        <translation>模型处理此文字时失败。</translation>
    </message>
    <message>
        <source>The model found no sensible answer.</source>
        <translation>模型没有找到合理的回答。</translation>
    </message>
    <message>
        <source>The model found no words for this photo.</source>
        <translation>模型没有为这张照片找到词语。</translation>
    </message>
    <message>
        <source>The model gave {count} captions for {count2} photos.</source>
        <translation>模型为 {count2} 张照片返回了 {count} 条说明。</translation>
    </message>
    <message>
        <source>The model has no memory for a photo.</source>
        <translation>模型没有处理一张照片所需的内存。</translation>
    </message>
    <message>
        <source>The model is busy, or has to be loaded first.</source>
        <translation>模型正忙，或需要先加载。</translation>
    </message>
    <message>
        <source>The model is looking</source>
        <translation>模型正在查看</translation>
    </message>
    <message>
        <source>The model is looking…</source>
        <translation>模型正在查看…</translation>
    </message>
    <message>
        <source>The model is told of no question before the next one; all stay in the history</source>
        <translation>下一个问题之前的内容不会告知模型；全部保留在历史中</translation>
    </message>
    <message>
        <source>The model on this computer answers. Nothing leaves it.</source>
        <translation>由这台电脑上的模型回答。任何内容都不会离开电脑。</translation>
    </message>
    <message>
        <source>The model process cannot be started: {strerror}.</source>
        <translation>无法启动模型进程：{strerror}。</translation>
    </message>
    <message>
        <source>The model process does not know {op}.</source>
        <translation>模型进程不认识 {op}。</translation>
    </message>
    <message>
        <source>The model process ended unexpectedly ({reason}).</source>
        <translation>模型进程意外结束（{reason}）。</translation>
    </message>
    <message>
        <source>The model process failed ({name}).</source>
        <translation>模型进程失败（{name}）。</translation>
    </message>
    <message>
        <source>The model process gave no answer for {minutes} minutes and was ended.</source>
        <translation>模型进程 {minutes} 分钟没有响应，已被结束。</translation>
    </message>
    <message>
        <source>The model process was closed.</source>
        <translation>模型进程已关闭。</translation>
    </message>
    <message>
        <source>The model proposes this many captions; the one that it and the checking model find likeliest is kept. Searches find the others too, where they fit. More is slower.</source>
        <translation>模型会提出这么多条说明；保留它与核对模型认为最可能的一条。搜索时其他合适的也会找到。越多越慢。</translation>
    </message>
    <message>
        <source>The model said nothing.</source>
        <translation>模型没有给出任何内容。</translation>
    </message>
    <message>
        <source>The model stopped twice on this photo; it was set aside.</source>
        <translation>模型在这张照片上停止了两次；已将其搁置。</translation>
    </message>
    <message>
        <source>The model weighs this many wordings of a caption at once. More is slower, and slightly better.</source>
        <translation>模型同时权衡这么多种措辞。越多越慢，效果略好。</translation>
    </message>
    <message>
        <source>The model would hardly say any of these by itself: the shares only compare them.</source>
        <translation>模型本身几乎不会说出这些答案：比例仅用于相互比较。</translation>
    </message>
    <message>
        <source>The model {key} brings program code of its own ({name} names it), which could do anything on this computer.</source>
        <translation>模型 {key} 自带程序代码（由 {name} 指定），可能在这台电脑上做任何事。</translation>
    </message>
    <message>
        <source>The model {key} has its weights in PyTorch&apos;s first layout ({name} is a tar archive), which cannot be read without running code that it holds.</source>
        <translation>模型 {key} 的权重采用 PyTorch 最早的格式（{name} 是 tar 归档），不运行其中的代码就无法读取。</translation>
    </message>
    <message>
        <source>The model {key} has its weights in a format that BlipDesk cannot load.</source>
        <translation>模型 {key} 的权重格式 BlipDesk 无法加载。</translation>
    </message>
    <message>
        <source>The model {key} is a {kind} without a task that BlipDesk knows ({architectures}).</source>
        <translation>模型 {key} 是 {kind}，但没有 BlipDesk 支持的任务（{architectures}）。</translation>
    </message>
    <message>
        <source>The model {key} is being downloaded, imported or removed by another BlipDesk.</source>
        <translation>模型 {key} 正被另一个 BlipDesk 下载、导入或移除。</translation>
    </message>
    <message>
        <source>The model {key} is damaged: {manifest} cannot be read.</source>
        <translation>模型 {key} 已损坏：无法读取 {manifest}。</translation>
    </message>
    <message>
        <source>The model {key} is damaged: {name} cannot be read.</source>
        <translation>模型 {key} 已损坏：无法读取 {name}。</translation>
    </message>
    <message>
        <source>The model {key} is damaged: {name} is cut off or no weights file.</source>
        <translation>模型 {key} 已损坏：{name} 被截断或不是权重文件。</translation>
    </message>
    <message>
        <source>The model {key} is damaged: {name} is far too large.</source>
        <translation>模型 {key} 已损坏：{name} 过大。</translation>
    </message>
    <message>
        <source>The model {key} is damaged: {name} is no index.</source>
        <translation>模型 {key} 已损坏：{name} 不是索引。</translation>
    </message>
    <message>
        <source>The model {key} is damaged: {name} is no settings file.</source>
        <translation>模型 {key} 已损坏：{name} 不是设置文件。</translation>
    </message>
    <message>
        <source>The model {key} is damaged: {name} was changed or lost.</source>
        <translation>模型 {key} 已损坏：{name} 被更改或丢失。</translation>
    </message>
    <message>
        <source>The model {key} is incomplete: its tokenizer is missing.</source>
        <translation>模型 {key} 不完整：缺少分词器。</translation>
    </message>
    <message>
        <source>The model {key} is incomplete: model.safetensors is missing.</source>
        <translation>模型 {key} 不完整：缺少 model.safetensors。</translation>
    </message>
    <message>
        <source>The model {key} is incomplete: {name} is a Git LFS pointer, not the weights.</source>
        <translation>模型 {key} 不完整：{name} 是 Git LFS 指针，而不是权重。</translation>
    </message>
    <message>
        <source>The model {key} is incomplete: {name} is missing.</source>
        <translation>模型 {key} 不完整：缺少 {name}。</translation>
    </message>
    <message>
        <source>The model {key} is incomplete: {preprocessors} is missing.</source>
        <translation>模型 {key} 不完整：缺少 {preprocessors}。</translation>
    </message>
    <message>
        <source>The model {key} is of the kind {value}, which BlipDesk cannot run.</source>
        <translation>模型 {key} 的类型是 {value}，BlipDesk 无法运行。</translation>
    </message>
    <message>
        <source>The model {key} on this computer is of {facts}.</source>
        <translation>这台电脑上的模型 {key} 属于 {facts}。</translation>
    </message>
    <message>
        <source>The model {title} cannot be loaded: {error}</source>
        <translation>无法加载模型 {title}：{error}</translation>
    </message>
    <message>
        <source>The model {title} cannot run here.</source>
        <translation>模型 {title} 无法在这里运行。</translation>
    </message>
    <message>
        <source>The model {title} cannot say how well captions fit.</source>
        <translation>模型 {title} 无法判断说明是否吻合。</translation>
    </message>
    <message>
        <source>The model {title} cannot {work}.</source>
        <translation>模型 {title} 无法完成：{work}。</translation>
    </message>
    <message>
        <source>The model {title} does not fit into memory.</source>
        <translation>模型 {title} 超出内存。</translation>
    </message>
    <message>
        <source>The model {title} does not fit into the memory for {precision} on {memory}.</source>
        <translation>模型 {title} 超出 {memory} 的内存（{precision}）。</translation>
    </message>
    <message>
        <source>The model {title} does not fit into the memory of the {device} device.</source>
        <translation>模型 {title} 超出 {device} 设备的内存。</translation>
    </message>
    <message>
        <source>The model {title} does not run in int8 on {device}.</source>
        <translation>模型 {title} 无法在 {device} 上以 int8 运行。</translation>
    </message>
    <message>
        <source>The model {title} is damaged: its image processor&apos;s settings make no sense.</source>
        <translation>模型 {title} 已损坏：其图像处理器的设置不合理。</translation>
    </message>
    <message>
        <source>The model {title} is damaged: {name} holds no numbers.</source>
        <translation>模型 {title} 已损坏：{name} 中没有数值。</translation>
    </message>
    <message>
        <source>The model {title} is not loaded: its weights file is damaged, or holds more than numbers, which could be program code.</source>
        <translation>未加载模型 {title}：其权重文件已损坏，或含有数值以外、可能是程序代码的内容。</translation>
    </message>
    <message>
        <source>The model {title} is not on this computer.</source>
        <translation>模型 {title} 不在这台电脑上。</translation>
    </message>
    <message>
        <source>The model {title} lacks {count} of its weights (such as {missing}): it holds something else.</source>
        <translation>模型 {title} 缺少 {count} 个权重（例如 {missing}）：其中是别的内容。</translation>
    </message>
    <message>
        <source>The model {title} loads but does not run: {name}.</source>
        <translation>模型 {title} 可以加载但无法运行：{name}。</translation>
    </message>
    <message>
        <source>The model {title} loads but says nothing about a test picture.</source>
        <translation>模型 {title} 可以加载，但对测试图片没有输出。</translation>
    </message>
    <message>
        <source>The model {title} needs {needed} of memory in {precision} on {memory}; {free} are free.</source>
        <translation>模型 {title} 需要 {memory} 的 {needed} 内存（{precision}）；可用 {free}。</translation>
    </message>
    <message>
        <source>The model&apos;s caption is replaced by its next one</source>
        <translation>模型的说明会被它的下一条取代</translation>
    </message>
    <message>
        <source>The model&apos;s captions are replaced by its next ones. This cannot be undone. What people wrote stays.</source>
        <translation>模型的说明会被新的说明取代，此操作无法撤销。人写的内容会保留。</translation>
    </message>
    <message>
        <source>The new caption goes below theirs, in a line of its own.</source>
        <translation>新的说明另起一行，放在原说明下方。</translation>
    </message>
    <message>
        <source>The new caption takes the place of theirs in the file.</source>
        <translation>新的说明将取代文件中的原说明。</translation>
    </message>
    <message>
        <source>The oldest is given up first. A photo needs a few hundred bytes.</source>
        <translation>先舍弃最早的。每张照片需要几百字节。</translation>
    </message>
    <message>
        <source>The photo already says this.</source>
        <translation>照片中已有此内容。</translation>
    </message>
    <message>
        <source>The photo could not be read from the catalog.</source>
        <translation>无法从目录库读取照片。</translation>
    </message>
    <message>
        <source>The photo has to come as {size} x {size} pixels.</source>
        <translation>照片必须是 {size} x {size} 像素。</translation>
    </message>
    <message>
        <source>The photo is no longer in the catalog.</source>
        <translation>照片已不在目录库中。</translation>
    </message>
    <message>
        <source>The photo itself still says what BlipDesk wrote into it earlier: writing into the photos brings it up to date, taking that back has it as it was.</source>
        <translation>照片本身仍是 BlipDesk 先前写入的内容：写入照片会更新它，撤回该写入则恢复原样。</translation>
    </message>
    <message>
        <source>The photo was left as it is</source>
        <translation>照片保持原样</translation>
    </message>
    <message>
        <source>The photo will be captioned again</source>
        <translation>将为此照片重新生成说明</translation>
    </message>
    <message>
        <source>The photo&apos;s folder is read-only; make it writable, or let captions stay in the catalog.</source>
        <translation>照片所在的文件夹为只读；请使其可写，或让说明留在目录库中。</translation>
    </message>
    <message>
        <source>The photos could not be looked at.</source>
        <translation>无法查看这些照片。</translation>
    </message>
    <message>
        <source>The photos could not be read.</source>
        <translation>无法读取这些照片。</translation>
    </message>
    <message>
        <source>The picture itself shows what you typed</source>
        <translation>照片画面中正是你输入的内容</translation>
    </message>
    <message>
        <source>The precision int8 does not run on {device}.</source>
        <translation>精度 int8 无法在 {device} 上运行。</translation>
    </message>
    <message>
        <source>The precision int8 needs the package bitsandbytes on an NVIDIA card.</source>
        <translation>在 NVIDIA 显卡上使用精度 int8 需要 bitsandbytes 软件包。</translation>
    </message>
    <message>
        <source>The process of the download ended unexpectedly.</source>
        <translation>下载进程意外结束。</translation>
    </message>
    <message>
        <source>The process that reads captions by meaning ended twice.</source>
        <translation>按含义读取说明的进程结束了两次。</translation>
    </message>
    <message>
        <source>The process that reads captions by meaning gave no answer.</source>
        <translation>按含义读取说明的进程没有响应。</translation>
    </message>
    <message>
        <source>The program code of the model {key} is kept elsewhere, and nothing is fetched to be run.</source>
        <translation>模型 {key} 的程序代码存放在别处，不会为运行而获取。</translation>
    </message>
    <message>
        <source>The program code of {title} defines a model that BlipDesk cannot drive: {own_class} is no {name}.</source>
        <translation>{title} 的程序代码定义了 BlipDesk 无法驱动的模型：{own_class} 不是 {name}。</translation>
    </message>
    <message>
        <source>The program code of {title} does not run here: {name}: {error}.</source>
        <translation>{title} 的程序代码无法在这里运行：{name}：{error}。</translation>
    </message>
    <message>
        <source>The program part that reads photos does not work on this computer now; no photo is to blame.</source>
        <translation>读取照片的程序部分目前无法在这台电脑上工作；不是照片的问题。</translation>
    </message>
    <message>
        <source>The proxy cannot be used: {error}.</source>
        <translation>无法使用代理：{error}。</translation>
    </message>
    <message>
        <source>The proxy does not let us through to {host} ({error}).</source>
        <translation>代理不允许连接到 {host}（{error}）。</translation>
    </message>
    <message>
        <source>The proxy wants a name and a password.</source>
        <translation>代理需要用户名和密码。</translation>
    </message>
    <message>
        <source>The question could not be answered.</source>
        <translation>无法回答此问题。</translation>
    </message>
    <message>
        <source>The question is kept, and asked once that is mended.</source>
        <translation>问题已保留，问题解决后会继续提问。</translation>
    </message>
    <message>
        <source>The question is kept: it is asked when BlipDesk goes on.</source>
        <translation>问题已保留：BlipDesk 继续运行时会提问。</translation>
    </message>
    <message>
        <source>The question is too long: {count} characters.</source>
        <translation>问题太长：{count} 个字符。</translation>
    </message>
    <message>
        <source>The rating goes to a sidecar, because {reason}.</source>
        <translation>评分写入附属文件，因为 {reason}。</translation>
    </message>
    <message>
        <source>The reasons could not be read.</source>
        <translation>无法读取原因。</translation>
    </message>
    <message>
        <source>The retrieval model failed on this photo.</source>
        <translation>匹配模型处理这张照片时失败。</translation>
    </message>
    <message>
        <source>The same for all {count}</source>
        <translation>全部 {count}都这样处理</translation>
    </message>
    <message>
        <source>The saved search {name} is deleted</source>
        <translation>已删除保存的搜索{name}</translation>
    </message>
    <message>
        <source>The saved searches could not be changed.</source>
        <translation>无法更改保存的搜索。</translation>
    </message>
    <message>
        <source>The search by meaning is still being prepared; words find photos meanwhile.</source>
        <translation>按含义搜索仍在准备中；在此期间按词语查找照片。</translation>
    </message>
    <message>
        <source>The sentence model is damaged ({why}): search finds by words alone.</source>
        <translation>句子模型已损坏（{why}）：搜索仅按词语进行。</translation>
    </message>
    <message>
        <source>The sentence model is damaged: search finds by words alone.</source>
        <translation>句子模型已损坏：搜索仅按词语进行。</translation>
    </message>
    <message>
        <source>The sentence model is not installed: search finds by words alone.</source>
        <translation>未安装句子模型：搜索仅按词语进行。</translation>
    </message>
    <message>
        <source>The settings could not be saved.</source>
        <translation>无法保存设置。</translation>
    </message>
    <message>
        <source>The stars are not in the file</source>
        <translation>星级尚未写入文件</translation>
    </message>
    <message>
        <source>The tag could not be changed.</source>
        <translation>无法更改标签。</translation>
    </message>
    <message>
        <source>The tags could not be changed.</source>
        <translation>无法更改标签。</translation>
    </message>
    <message>
        <source>The tags could not be read.</source>
        <translation>无法读取标签。</translation>
    </message>
    <message>
        <source>The text is too long for the model: it did not come to {value}.</source>
        <translation>文本对模型来说太长：未能到达 {value}。</translation>
    </message>
    <message>
        <source>The tokenizer of {title} belongs to another model.</source>
        <translation>{title} 的分词器属于另一个模型。</translation>
    </message>
    <message>
        <source>The tokenizer of {title} cannot be read.</source>
        <translation>无法读取 {title} 的分词器。</translation>
    </message>
    <message>
        <source>The trash did not work.</source>
        <translation>回收站无法使用。</translation>
    </message>
    <message>
        <source>The word {word} is not in “{words}”.</source>
        <translation>词 {word} 不在“{words}”中。</translation>
    </message>
    <message>
        <source>The work waits while somebody uses keyboard or mouse. Where the system does not tell, it goes on at any time.</source>
        <translation>有人使用键盘或鼠标时任务会等待。系统不提供此信息时会一直进行。</translation>
    </message>
    <message>
        <source>The work waits while the computer runs on its battery.</source>
        <translation>电脑使用电池时任务会等待。</translation>
    </message>
    <message>
        <source>The {title} is missing from this installation.</source>
        <translation>此安装中缺少 {title}。</translation>
    </message>
    <message>
        <source>Their files go to the trash of this computer, from where they can be put back. Captions, tags and answers are kept for when they come back.</source>
        <translation>文件会移到这台电脑的回收站，可以从那里还原。说明、标签和回答会保留，等照片回来时使用。</translation>
    </message>
    <message>
        <source>Their own captions stay; the new one goes into the comment field, where that is free.</source>
        <translation>原有说明保留；新的说明写入注释字段（如果为空）。</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>There are no words to look for.</source>
        <translation>没有要查找的词。</translation>
    </message>
    <message>
        <source>There is a new caption; Esc shows it</source>
        <translation>有新的说明；按 Esc 查看</translation>
    </message>
    <message>
        <source>There is a saved search {name} already</source>
        <translation>已有保存的搜索{name}</translation>
    </message>
    <message>
        <source>There is a tag {name} with {photos}: both become one.</source>
        <translation>已有标签{name}（{photos}）：两者将合为一个。</translation>
    </message>
    <message>
        <source>There is no BlipDesk catalog in {data_dir}.</source>
        <translation>{data_dir} 中没有 BlipDesk 目录库。</translation>
    </message>
    <message>
        <source>There is no caption to copy</source>
        <translation>没有可复制的说明</translation>
    </message>
    <message>
        <source>There is no caption to write.</source>
        <translation>没有可写入的说明。</translation>
    </message>
    <message>
        <source>There is no catalog in {data_dir} yet.</source>
        <translation>{data_dir} 中还没有目录库。</translation>
    </message>
    <message>
        <source>There is no connection to {host}.</source>
        <translation>无法连接到 {host}。</translation>
    </message>
    <message>
        <source>There is no file that could be moved to the trash.</source>
        <translation>没有可以移到回收站的文件。</translation>
    </message>
    <message>
        <source>There is no filter “{called}:”. {told}</source>
        <translation>没有筛选条件“{called}:”。{told}</translation>
    </message>
    <message>
        <source>There is no folder {path}.</source>
        <translation>文件夹 {path} 不存在。</translation>
    </message>
    <message>
        <source>There is no model here that says how well words fit a photo, or where they are seen.</source>
        <translation>这里没有能判断词语与照片是否吻合或在何处的模型。</translation>
    </message>
    <message>
        <source>There is no model {name} on this computer.</source>
        <translation>这台电脑上没有模型 {name}。</translation>
    </message>
    <message>
        <source>There is no model {name}.</source>
        <translation>没有模型 {name}。</translation>
    </message>
    <message>
        <source>There is no model {repo} at {host}, or it is private.</source>
        <translation>{host} 上没有模型 {repo}，或它是私有的。</translation>
    </message>
    <message>
        <source>There is no model {typed} to download.</source>
        <translation>没有可下载的模型 {typed}。</translation>
    </message>
    <message>
        <source>There is no path to copy</source>
        <translation>没有可复制的路径</translation>
    </message>
    <message>
        <source>There is no permission to read {name}.</source>
        <translation>没有读取 {name} 的权限。</translation>
    </message>
    <message>
        <source>There is no photo in the folder that could be tried. You can begin all the same.</source>
        <translation>文件夹中没有可试的照片。你仍然可以开始。</translation>
    </message>
    <message>
        <source>There is no photo to ask.</source>
        <translation>没有可提问的照片。</translation>
    </message>
    <message>
        <source>There is no photo {path} in the catalog.</source>
        <translation>目录库中没有照片 {path}。</translation>
    </message>
    <message>
        <source>There is no question.</source>
        <translation>没有问题。</translation>
    </message>
    <message>
        <source>There is no run {run_id}.</source>
        <translation>没有运行 {run_id}。</translation>
    </message>
    <message>
        <source>There is no tag of that name.</source>
        <translation>没有该名称的标签。</translation>
    </message>
    <message>
        <source>There is no {path}.</source>
        <translation>{path} 不存在。</translation>
    </message>
    <message>
        <source>There is nothing new to write</source>
        <translation>没有新的内容可写入</translation>
    </message>
    <message>
        <source>There is nothing to download.</source>
        <translation>没有需要下载的内容。</translation>
    </message>
    <message>
        <source>There is nothing to undo</source>
        <translation>没有可撤销的操作</translation>
    </message>
    <message>
        <source>There is too little room on the disk to write {name} safely.</source>
        <translation>磁盘空间不足，无法安全写入 {name}。</translation>
    </message>
    <message>
        <source>There was nothing to write.</source>
        <translation>没有需要写入的内容。</translation>
    </message>
    <message>
        <source>These are {count} choices.</source>
        <translation>这里有 {count} 个选项。</translation>
    </message>
    <message>
        <source>These may be alike</source>
        <translation>这些可能相似</translation>
    </message>
    <message>
        <source>They are left as they are; everything else goes on.</source>
        <translation>它们保持原样；其他工作继续进行。</translation>
    </message>
    <message>
        <source>They could not be queued again.</source>
        <translation>无法将它们重新加入队列。</translation>
    </message>
    <message>
        <source>They understand drawn scenes only.</source>
        <translation>它们只能理解绘制的场景。</translation>
    </message>
    <message>
        <source>This checkpoint cannot {work}.</source>
        <translation>此检查点无法完成：{work}。</translation>
    </message>
    <message>
        <source>This computer has no battery: it always runs on mains power.</source>
        <translation>这台电脑没有电池，始终使用外接电源。</translation>
    </message>
    <message>
        <source>This computer has no {wanted} device that torch can use.</source>
        <translation>这台电脑没有 torch 可用的 {wanted} 设备。</translation>
    </message>
    <message>
        <source>This could not be looked at.</source>
        <translation>无法查看。</translation>
    </message>
    <message>
        <source>This could not be saved.</source>
        <translation>无法保存。</translation>
    </message>
    <message>
        <source>This folder has more subfolders than this computer lets BlipDesk watch; it is looked through every minute instead. Raising fs.inotify.max_user_watches makes new photos appear at once.</source>
        <translation>此文件夹的子文件夹多于这台电脑允许 BlipDesk 监视的数量；改为每分钟扫描一次。提高 fs.inotify.max_user_watches 可让新照片立即出现。</translation>
    </message>
    <message>
        <source>This folder is not in the catalog (any more).</source>
        <translation>此文件夹（已）不在目录库中。</translation>
    </message>
    <message>
        <source>This is a fault of the program, not of your photos. Captions that were saved are safe. You can go on; if it happens again, quit and start anew. Nothing was sent anywhere.</source>
        <translation>这是程序的故障，与你的照片无关。已保存的说明都是安全的。你可以继续；如果再次发生，请退出后重新启动。没有任何内容被发送到外部。</translation>
    </message>
    <message>
        <source>This is its name already.</source>
        <translation>已经是这个名称了。</translation>
    </message>
    <message>
        <source>This library is already open</source>
        <translation>此图库已经打开</translation>
    </message>
    <message>
        <source>This library was made by a newer BlipDesk</source>
        <translation>此图库由更新版本的 BlipDesk 创建</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>本列表</translation>
    </message>
    <message>
        <source>This parenthesis closes nothing: it was passed over.</source>
        <translation>此括号没有对应的开始：已忽略。</translation>
    </message>
    <message>
        <source>This parenthesis is not closed: type ) where the group ends.</source>
        <translation>此括号未闭合：请在分组结束处输入 )。</translation>
    </message>
    <message>
        <source>This photo could not be tried.</source>
        <translation>无法用这张照片试运行。</translation>
    </message>
    <message>
        <source>This photo has no caption yet, by which others like it could be found.</source>
        <translation>这张照片还没有说明，无法据此查找相似照片。</translation>
    </message>
    <message>
        <source>This photo is no longer in the catalog.</source>
        <translation>这张照片已不在目录库中。</translation>
    </message>
    <message>
        <source>This photo is not in the catalog (any more).</source>
        <translation>这张照片（已）不在目录库中。</translation>
    </message>
    <message>
        <source>This photo is not in the catalog (any more). Look through its folder again.</source>
        <translation>这张照片（已）不在目录库中。请重新扫描其文件夹。</translation>
    </message>
    <message>
        <source>This photo&apos;s caption is in a language that the sentence model does not know.</source>
        <translation>这张照片的说明所用的语言，句子模型不支持。</translation>
    </message>
    <message>
        <source>This photo&apos;s caption is not read by meaning yet.</source>
        <translation>这张照片的说明尚未按含义读取。</translation>
    </message>
    <message>
        <source>This picture cannot be shown.</source>
        <translation>无法显示这张图片。</translation>
    </message>
    <message>
        <source>This plan writes nothing.</source>
        <translation>此计划不写入任何内容。</translation>
    </message>
    <message>
        <source>This processor has no bf16 units.</source>
        <translation>此处理器没有 bf16 单元。</translation>
    </message>
    <message>
        <source>This question to many photos is not on the list any more.</source>
        <translation>这个针对多张照片的问题已不在列表中。</translation>
    </message>
    <message>
        <source>This quotation mark has no partner: type another where the phrase ends.</source>
        <translation>此引号没有配对：请在短语结束处再输入一个。</translation>
    </message>
    <message>
        <source>This system does not tell when it is idle: the work goes on at any time.</source>
        <translation>此系统不提供空闲状态，任务会一直进行。</translation>
    </message>
    <message>
        <source>Those that have a place for it carry their caption inside, the others get the small .xmp file. Not yet tried with programs of Apple and Microsoft.</source>
        <translation>有相应位置的写入内部，其他的写入小的 .xmp 文件。尚未在 Apple 和 Microsoft 的程序中测试。</translation>
    </message>
    <message>
        <source>Those that have a place for it carry their caption inside; the pictures themselves are not changed.</source>
        <translation>有相应位置的照片会在内部带上说明；图像本身不会改变。</translation>
    </message>
    <message>
        <source>Time left: not known yet</source>
        <translation>剩余时间：尚不清楚</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>To download</source>
        <translation>可下载</translation>
    </message>
    <message>
        <source>To restore the newest backup, first copy {backup} to {catalog}. Start BlipDesk again to begin with an empty catalog.</source>
        <translation>要恢复最新的备份，请先将 {backup} 复制到 {catalog}。直接再次启动 BlipDesk 则从空目录库开始。</translation>
    </message>
    <message>
        <source>To the photos</source>
        <translation>转到照片</translation>
    </message>
    <message>
        <source>Today, {time}</source>
        <translation>今天 {time}</translation>
    </message>
    <message>
        <source>Too long ago to take back</source>
        <translation>时间太久，无法撤回</translation>
    </message>
    <message>
        <source>Too long ago: what stood there is not kept any more</source>
        <translation>时间太久：以前的内容已不再保留</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Try again later, or from another network.</source>
        <translation>请稍后再试，或换一个网络。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <source>Try again later. {kept}</source>
        <translation>请稍后再试。{kept}</translation>
    </message>
    <message>
        <source>Try again when that is done.</source>
        <translation>等它完成后再重试。</translation>
    </message>
    <message>
        <source>Try again, choose a smaller model or another device, and check the disk that holds the model.</source>
        <translation>请重试，选择更小的模型或其他设备，并检查存放模型的磁盘。</translation>
    </message>
    <message>
        <source>Try again, or choose cpu.</source>
        <translation>请重试，或选择 cpu。</translation>
    </message>
    <message>
        <source>Try again, or with another model.</source>
        <translation>请重试，或换一个模型。</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>请重试。</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>全部重试</translation>
    </message>
    <message>
        <source>Try another photo</source>
        <translation>试另一张照片</translation>
    </message>
    <message>
        <source>Try another precision or device, or get the checkpoint again.</source>
        <translation>请尝试其他精度或设备，或重新获取检查点。</translation>
    </message>
    <message>
        <source>Try fewer or other words.</source>
        <translation>请减少词语或换用其他词。</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试一试</translation>
    </message>
    <message>
        <source>Try it again, or another model.</source>
        <translation>请重试，或换一个模型。</translation>
    </message>
    <message>
        <source>Try it again.</source>
        <translation>请再试一次。</translation>
    </message>
    <message>
        <source>Try it on one of your photos</source>
        <translation>用你的一张照片试一试</translation>
    </message>
    <message>
        <source>Try these again</source>
        <translation>重试这些</translation>
    </message>
    <message>
        <source>Trying again</source>
        <translation>正在重试</translation>
    </message>
    <message>
        <source>Trying again did not work.</source>
        <translation>重试失败。</translation>
    </message>
    <message>
        <source>Trying all of them again</source>
        <translation>正在全部重试</translation>
    </message>
    <message>
        <source>Trying this photo again</source>
        <translation>正在重试此照片</translation>
    </message>
    <message>
        <source>Tuned to write captions.</source>
        <translation>为撰写说明而调校。</translation>
    </message>
    <message>
        <source>Tuned to write captions; the best of them.</source>
        <translation>为撰写说明而调校；其中最好的。</translation>
    </message>
    <message>
        <source>Two captions</source>
        <translation>两条说明</translation>
    </message>
    <message>
        <source>Type a word.</source>
        <translation>请输入一个词。</translation>
    </message>
    <message>
        <source>Type another one.</source>
        <translation>请输入其他名称。</translation>
    </message>
    <message>
        <source>Type one, for example: what is in this picture?</source>
        <translation>请输入一个，例如：what is in this picture?</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo did not work.</source>
        <translation>撤销失败。</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Unset it. {without}</source>
        <translation>请取消设置。{without}</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Unsure: check this caption</source>
        <translation>不确定：请核对此说明</translation>
    </message>
    <message>
        <source>Unsure: the checking model finds that the caption may not fit the photo.</source>
        <translation>不确定：核对模型认为说明可能与照片不符。</translation>
    </message>
    <message>
        <source>Update BlipDesk, or choose another catalog with --data-dir.</source>
        <translation>请更新 BlipDesk，或用 --data-dir 另选目录库。</translation>
    </message>
    <message>
        <source>Update BlipDesk.</source>
        <translation>请更新 BlipDesk。</translation>
    </message>
    <message>
        <source>Use a model for real photos</source>
        <translation>使用适合真实照片的模型</translation>
    </message>
    <message>
        <source>Use as caption</source>
        <translation>用作说明</translation>
    </message>
    <message>
        <source>Use auto or a number of photos.</source>
        <translation>请使用 auto 或照片数量。</translation>
    </message>
    <message>
        <source>Use for answers</source>
        <translation>用于回答</translation>
    </message>
    <message>
        <source>Use for captions</source>
        <translation>用于说明</translation>
    </message>
    <message>
        <source>Use for checking</source>
        <translation>用于核对</translation>
    </message>
    <message>
        <source>Use one of {allowed}.</source>
        <translation>请使用 {allowed} 之一。</translation>
    </message>
    <message>
        <source>Use one of {names}.</source>
        <translation>请使用 {names} 之一。</translation>
    </message>
    <message>
        <source>Use that BlipDesk, or close it first.</source>
        <translation>请使用那个 BlipDesk，或先关闭它。</translation>
    </message>
    <message>
        <source>Use that one, or close it first.</source>
        <translation>请使用那个，或先关闭它。</translation>
    </message>
    <message>
        <source>Use this answer as the caption</source>
        <translation>将此回答用作说明</translation>
    </message>
    <message>
        <source>Use {maximum} at most.</source>
        <translation>最多 {maximum}。</translation>
    </message>
    <message>
        <source>Use {minimum} to {maximum}.</source>
        <translation>请使用 {minimum} 到 {maximum}。</translation>
    </message>
    <message>
        <source>Usual size</source>
        <translation>标准大小</translation>
    </message>
    <message>
        <source>Vicuna&apos;s and LLaMA&apos;s: for research, not for commercial use</source>
        <translation>Vicuna 和 LLaMA 的许可：仅供研究，不可商用</translation>
    </message>
    <message>
        <source>WAITING</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>WAITING · {count}</source>
        <translation>等待中 · {count}</translation>
    </message>
    <message>
        <source>WINDOW</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>WORDS</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Wait a minute, then try again.</source>
        <translation>请等一分钟后再试。</translation>
    </message>
    <message>
        <source>Wait until that is done.</source>
        <translation>请等待其完成。</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>等待处理</translation>
    </message>
    <message>
        <source>Waiting until the computer is idle</source>
        <translation>等待电脑空闲</translation>
    </message>
    <message>
        <source>Waits for its caption</source>
        <translation>等待生成说明</translation>
    </message>
    <message>
        <source>Watching {names}</source>
        <translation>正在监视 {names}</translation>
    </message>
    <message>
        <source>Watching {names} and {count} more</source>
        <translation>正在监视 {names} 等另外 {count} 个</translation>
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
        <source>Welcome to BlipDesk</source>
        <translation>欢迎使用 BlipDesk</translation>
    </message>
    <message>
        <source>What BlipDesk wrote can be taken back: a file is then as it was before, byte for byte.</source>
        <translation>BlipDesk 写入的内容都可以撤回：文件会逐字节恢复原样。</translation>
    </message>
    <message>
        <source>What HF_TOKEN holds is no token.</source>
        <translation>HF_TOKEN 中的内容不是令牌。</translation>
    </message>
    <message>
        <source>What captions are searched for</source>
        <translation>在说明中搜索的内容</translation>
    </message>
    <message>
        <source>What has come is kept: the next download goes on from there.</source>
        <translation>已下载的部分会保留：下次下载会从那里继续。</translation>
    </message>
    <message>
        <source>What has the name of its sidecar is no file that can be read; move it away.</source>
        <translation>与其附属文件同名的不是可读取的文件；请把它移走。</translation>
    </message>
    <message>
        <source>What is being done</source>
        <translation>当前任务</translation>
    </message>
    <message>
        <source>What is being done (Ctrl+J)</source>
        <translation>当前任务 (Ctrl+J)</translation>
    </message>
    <message>
        <source>What is kept could not be read.</source>
        <translation>无法读取保留的内容。</translation>
    </message>
    <message>
        <source>What is sorted by best match is not grouped</source>
        <translation>按最佳匹配排序时不分组</translation>
    </message>
    <message>
        <source>What moves by itself while you wait. Bars that show how far something is always do.</source>
        <translation>等待期间自行移动的内容。显示进度的进度条始终会移动。</translation>
    </message>
    <message>
        <source>What run {runs} wrote into it later goes with it.</source>
        <translation>第 {runs} 次运行之后写入的内容也会一并撤回。</translation>
    </message>
    <message>
        <source>What runs {runs} wrote into it later goes with it.</source>
        <translation>第 {runs} 次运行之后写入的内容也会一并撤回。</translation>
    </message>
    <message>
        <source>What stood in a file before is kept as long as that.</source>
        <translation>文件以前的内容会保留这么久。</translation>
    </message>
    <message>
        <source>What stood there before is no longer kept: the settings say for how long it is.</source>
        <translation>之前的内容已不再保留：保留多久见设置。</translation>
    </message>
    <message>
        <source>What was dropped is no longer there</source>
        <translation>拖入的内容已不存在</translation>
    </message>
    <message>
        <source>What was kept of it is damaged: it was left as it is.</source>
        <translation>保留的内容已损坏：文件保持原样。</translation>
    </message>
    <message>
        <source>What was read of the captions cannot be kept.</source>
        <translation>无法保存从说明中读取的内容。</translation>
    </message>
    <message>
        <source>What was refused or taken back before is tried once more. Everything can be taken back.</source>
        <translation>之前被拒绝或撤回的会再试一次。一切都可以撤回。</translation>
    </message>
    <message>
        <source>What was seen in the pictures cannot be kept.</source>
        <translation>无法保存从照片中分析的内容。</translation>
    </message>
    <message>
        <source>What was written into files can be taken back under Changes to photos.</source>
        <translation>写入文件的内容可在“对照片的更改”中撤回。</translation>
    </message>
    <message>
        <source>What would be done with some of them, one of each kind first:</source>
        <translation>其中部分照片的处理方式，每种先列一张：</translation>
    </message>
    <message>
        <source>What would be done with {count}:</source>
        <translation>{count}的处理方式：</translation>
    </message>
    <message>
        <source>What would be written</source>
        <translation>将写入的内容</translation>
    </message>
    <message>
        <source>What you wrote for them in BlipDesk goes. Ctrl+Z brings it back, photo by photo.</source>
        <translation>你在 BlipDesk 中为它们写的内容将被移除。按 Ctrl+Z 可逐张恢复。</translation>
    </message>
    <message>
        <source>Whatever is written can be taken back under Changes to photos.</source>
        <translation>写入的所有内容都可在“对照片的更改”中撤回。</translation>
    </message>
    <message>
        <source>When captions are written into your photos or beside them, every change is listed here and can be taken back. Where captions go is chosen in the settings.</source>
        <translation>说明写入照片内或照片旁后，每次更改都会列在这里并可撤回。说明的保存位置可在设置中选择。</translation>
    </message>
    <message>
        <source>When long work is done, many photos fail, or a drive with photos is gone, while you do something else.</source>
        <translation>在你做其他事情时，若长时间任务完成、许多照片失败或照片所在驱动器断开，会通知你。</translation>
    </message>
    <message>
        <source>Where a person&apos;s caption stands in the photo already</source>
        <translation>照片中已有人工说明时</translation>
    </message>
    <message>
        <source>Where are your photos?</source>
        <translation>你的照片在哪里？</translation>
    </message>
    <message>
        <source>Where captions go</source>
        <translation>说明的保存位置</translation>
    </message>
    <message>
        <source>Where should captions go?</source>
        <translation>说明保存在哪里？</translation>
    </message>
    <message>
        <source>Where the caption stands</source>
        <translation>说明的所在位置</translation>
    </message>
    <message>
        <source>Where the model runs.</source>
        <translation>模型运行的位置。</translation>
    </message>
    <message>
        <source>Which model should look at them?</source>
        <translation>用哪个模型来查看照片？</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>整张照片</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>With its window closed, BlipDesk goes on captioning what is new, and waits in the system tray: click its icon there to open the window again, or to quit.</source>
        <translation>关闭窗口后，BlipDesk 会继续为新照片生成说明，并停留在系统托盘中：点击其图标可重新打开窗口或退出。</translation>
    </message>
    <message>
        <source>Without a network, import a folder: blipdesk models import DIR.</source>
        <translation>没有网络时，请导入模型文件夹。</translation>
    </message>
    <message>
        <source>Without an answer:</source>
        <translation>没有回答：</translation>
    </message>
    <message>
        <source>Without {words} there are {n} photos.</source>
        <translation>去掉 {words} 有 {n} 张照片。</translation>
    </message>
    <message>
        <source>Without {words} there is 1 photo.</source>
        <translation>去掉 {words} 有 1 张照片。</translation>
    </message>
    <message>
        <source>Wordings to compare</source>
        <translation>比较的措辞数量</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Words are drawn without beams.</source>
        <translation>随机选词时不使用束搜索。</translation>
    </message>
    <message>
        <source>Words that every caption continues, such as: a photo of. They are not kept in the caption.</source>
        <translation>每条说明都接在这些词之后，例如：a photo of。它们不会保留在说明中。</translation>
    </message>
    <message>
        <source>Words that follow one another.</source>
        <translation>依次相连的词。</translation>
    </message>
    <message>
        <source>Words that were not known when yours were typed stand in {place}: {done}</source>
        <translation>{place} 中有你输入时尚不知道的文字：{done}</translation>
    </message>
    <message>
        <source>Write a caption…</source>
        <translation>撰写说明…</translation>
    </message>
    <message>
        <source>Write a dot for the current folder.</source>
        <translation>当前文件夹请写一个点。</translation>
    </message>
    <message>
        <source>Write all captions now?</source>
        <translation>现在写入所有说明？</translation>
    </message>
    <message>
        <source>Write caption</source>
        <translation>写入说明</translation>
    </message>
    <message>
        <source>Write captions</source>
        <translation>写入说明</translation>
    </message>
    <message>
        <source>Write captions beside your photos?</source>
        <translation>将说明写在照片旁？</translation>
    </message>
    <message>
        <source>Write captions into HEIC and AVIF photos too?</source>
        <translation>也将说明写入 HEIC 和 AVIF 照片？</translation>
    </message>
    <message>
        <source>Write captions into your photos?</source>
        <translation>将说明写入你的照片？</translation>
    </message>
    <message>
        <source>Write it again</source>
        <translation>重新写入</translation>
    </message>
    <message>
        <source>Write it beside the photo</source>
        <translation>写在照片旁</translation>
    </message>
    <message>
        <source>Write it into the photo</source>
        <translation>写入照片</translation>
    </message>
    <message>
        <source>Write it now</source>
        <translation>立即写入</translation>
    </message>
    <message>
        <source>Write something between all commas.</source>
        <translation>请在所有逗号之间填写内容。</translation>
    </message>
    <message>
        <source>Write the caption yourself, or try another model.</source>
        <translation>请自己撰写说明，或尝试其他模型。</translation>
    </message>
    <message>
        <source>Writing back</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Writing captions back ended through a bug in BlipDesk ({name}).</source>
        <translation>由于 BlipDesk 的错误，说明写入已中止（{name}）。</translation>
    </message>
    <message>
        <source>Writing captions: {done} of {total}</source>
        <translation>正在写入说明：{done} / {total}</translation>
    </message>
    <message>
        <source>Writing {count} of {total}…</source>
        <translation>正在写入：{count} / {total}…</translation>
    </message>
    <message>
        <source>Writing {count} of {total}… {note}</source>
        <translation>正在写入：{count} / {total}… {note}</translation>
    </message>
    <message>
        <source>Writing {n} of {total}…</source>
        <translation>正在写入：{n} / {total}…</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>Written beside the photo</source>
        <translation>已写入照片旁的文件</translation>
    </message>
    <message>
        <source>Written by you</source>
        <translation>由你撰写</translation>
    </message>
    <message>
        <source>Written into the photo</source>
        <translation>已写入照片</translation>
    </message>
    <message>
        <source>XMP packet</source>
        <translation>XMP 数据包</translation>
    </message>
    <message>
        <source>XMP packets</source>
        <translation>XMP 数据包</translation>
    </message>
    <message>
        <source>XPComment can only stand inside the photo</source>
        <translation>XPComment 只能放在照片内</translation>
    </message>
    <message>
        <source>Yesterday, {time}</source>
        <translation>昨天 {time}</translation>
    </message>
    <message>
        <source>You confirmed this caption.</source>
        <translation>你已确认此说明。</translation>
    </message>
    <message>
        <source>You wrote one caption in BlipDesk, and the file has another. Nothing is written over either until you decide.</source>
        <translation>你在 BlipDesk 中写了一条说明，而文件中是另一条。在你决定之前，两者都不会被覆盖。</translation>
    </message>
    <message>
        <source>You wrote one caption, and the file has another</source>
        <translation>你写了一条说明，而文件中是另一条</translation>
    </message>
    <message>
        <source>You wrote the caption: nothing replaces it.</source>
        <translation>说明由你撰写：不会被任何内容取代。</translation>
    </message>
    <message>
        <source>Your answer is kept. The settings have it, under Background.</source>
        <translation>你的选择会被记住，可在设置的“后台”中更改。</translation>
    </message>
    <message>
        <source>Your answers could not be saved.</source>
        <translation>无法保存你的选择。</translation>
    </message>
    <message>
        <source>Your caption was taken off</source>
        <translation>已移除你的说明</translation>
    </message>
    <message>
        <source>Yours takes the place of the other in each file. This can be taken back under Changes to photos.</source>
        <translation>每个文件中，你的说明将取代另一条。可在“对照片的更改”中撤回。</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>a 7-Zip archive, not a picture</source>
        <translation>7-Zip 压缩包，不是图片</translation>
    </message>
    <message>
        <source>a DDS texture, not a photo</source>
        <translation>DDS 纹理，不是照片</translation>
    </message>
    <message>
        <source>a GIMP document</source>
        <translation>GIMP 文档</translation>
    </message>
    <message>
        <source>a HEIF picture of a kind that is not read</source>
        <translation>不支持读取的 HEIF 图片</translation>
    </message>
    <message>
        <source>a JPEG 2000 picture, which is not read</source>
        <translation>JPEG 2000 图片，不支持读取</translation>
    </message>
    <message>
        <source>a JPEG XL picture, which is not read yet</source>
        <translation>JPEG XL 图片，尚不支持读取</translation>
    </message>
    <message>
        <source>a PDF document, not a photo</source>
        <translation>PDF 文档，不是照片</translation>
    </message>
    <message>
        <source>a Photoshop document</source>
        <translation>Photoshop 文档</translation>
    </message>
    <message>
        <source>a PostScript document, not a photo</source>
        <translation>PostScript 文档，不是照片</translation>
    </message>
    <message>
        <source>a QOI picture, which is not read</source>
        <translation>QOI 图片，不支持读取</translation>
    </message>
    <message>
        <source>a RAR archive, not a picture</source>
        <translation>RAR 压缩包，不是图片</translation>
    </message>
    <message>
        <source>a Radiance HDR picture, which is not read</source>
        <translation>Radiance HDR 图片，不支持读取</translation>
    </message>
    <message>
        <source>a TIFF file is its own EXIF block</source>
        <translation>TIFF 文件本身就是 EXIF 块</translation>
    </message>
    <message>
        <source>a ZIP archive (or an office document), not a picture</source>
        <translation>ZIP 压缩包（或办公文档），不是图片</translation>
    </message>
    <message>
        <source>a camera RAW file without a preview in it</source>
        <translation>不含预览的相机 RAW 文件</translation>
    </message>
    <message>
        <source>a caption</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>a caption that was added to a person&apos;s stands there</source>
        <translation>那里有追加在人工说明后的说明</translation>
    </message>
    <message>
        <source>a caption that was typed in BlipDesk stands there</source>
        <translation>那里有在 BlipDesk 中输入的说明</translation>
    </message>
    <message>
        <source>a caption that was written before stands there</source>
        <translation>那里有先前写入的说明</translation>
    </message>
    <message>
        <source>a check of the result failed: a person&apos;s words would have been lost</source>
        <translation>结果检查失败：人工文字会丢失</translation>
    </message>
    <message>
        <source>a check of the result failed: it would not open as before</source>
        <translation>结果检查失败：将无法像之前那样打开</translation>
    </message>
    <message>
        <source>a check of the result failed: the EXIF block would not have stayed the same</source>
        <translation>结果检查失败：EXIF 块会发生改变</translation>
    </message>
    <message>
        <source>a check of the result failed: the caption could not be read back</source>
        <translation>结果检查失败：无法读回说明</translation>
    </message>
    <message>
        <source>a check of the result failed: the picture would not have stayed the same</source>
        <translation>结果检查失败：图像会发生改变</translation>
    </message>
    <message>
        <source>a check of the result failed: the rating could not be taken off again</source>
        <translation>结果检查失败：无法再移除评分</translation>
    </message>
    <message>
        <source>a compressed archive, not a picture</source>
        <translation>压缩包，不是图片</translation>
    </message>
    <message>
        <source>a cursor file, not a photo</source>
        <translation>光标文件，不是照片</translation>
    </message>
    <message>
        <source>a database, not a picture</source>
        <translation>数据库，不是图片</translation>
    </message>
    <message>
        <source>a device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>a drawing, not a photo</source>
        <translation>绘图，不是照片</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>a large part of its metadata</source>
        <translation>其元数据的大部分</translation>
    </message>
    <message>
        <source>a macOS resource file, not a photo</source>
        <translation>macOS 资源文件，不是照片</translation>
    </message>
    <message>
        <source>a model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>a part of it is missing: the file is cut off</source>
        <translation>缺少一部分：文件被截断</translation>
    </message>
    <message>
        <source>a part of it reaches to the file&apos;s end, wherever that is</source>
        <translation>有一部分一直延伸到文件末尾</translation>
    </message>
    <message>
        <source>a part of its picture is missing: the file is cut off</source>
        <translation>缺少部分图像：文件被截断</translation>
    </message>
    <message>
        <source>a picture of a kind that is not read</source>
        <translation>不支持读取的图片</translation>
    </message>
    <message>
        <source>a pipe</source>
        <translation>管道</translation>
    </message>
    <message>
        <source>a place (GPS)</source>
        <translation>地点 (GPS)</translation>
    </message>
    <message>
        <source>a program&apos;s own data stand in {place}</source>
        <translation>{place} 中有某个程序自己的数据</translation>
    </message>
    <message>
        <source>a program, not a picture</source>
        <translation>程序，不是图片</translation>
    </message>
    <message>
        <source>a rating is not written into files of its kind</source>
        <translation>不会把评分写入这类文件</translation>
    </message>
    <message>
        <source>a saved web page, not a picture</source>
        <translation>保存的网页，不是图片</translation>
    </message>
    <message>
        <source>a sidecar file</source>
        <translation>附属文件</translation>
    </message>
    <message>
        <source>a socket</source>
        <translation>套接字</translation>
    </message>
    <message>
        <source>a sound or video recording, not a picture</source>
        <translation>音频或视频，不是图片</translation>
    </message>
    <message>
        <source>a sound recording, not a picture</source>
        <translation>录音，不是图片</translation>
    </message>
    <message>
        <source>a text file, not a picture</source>
        <translation>文本文件，不是图片</translation>
    </message>
    <message>
        <source>a text in its EXIF block is larger than any</source>
        <translation>其 EXIF 块中有一段文字大得异常</translation>
    </message>
    <message>
        <source>a trailer of it counts offsets from the start of the file (AFCP)</source>
        <translation>其尾部数据从文件开头计算偏移（AFCP）</translation>
    </message>
    <message>
        <source>a trailer of it is found by counting from the file&apos;s end</source>
        <translation>其尾部数据要从文件末尾计算才能找到</translation>
    </message>
    <message>
        <source>a trailer of its camera is found by counting from the file&apos;s end</source>
        <translation>相机的尾部数据要从文件末尾计算才能找到</translation>
    </message>
    <message>
        <source>a video in it is found by counting from the file&apos;s end</source>
        <translation>其中的视频要从文件末尾计算才能找到</translation>
    </message>
    <message>
        <source>a video, not a photo</source>
        <translation>视频，不是照片</translation>
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
        <source>about {rate} photos a second ({how})</source>
        <translation>每秒约 {rate} 张（{how}）</translation>
    </message>
    <message>
        <source>about {seconds} s a photo ({how})</source>
        <translation>每张约 {seconds} 秒（{how}）</translation>
    </message>
    <message>
        <source>add tags</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>all keys</source>
        <translation>所有按键</translation>
    </message>
    <message>
        <source>an EXIF directory is cut off</source>
        <translation>有一个 EXIF 目录被截断</translation>
    </message>
    <message>
        <source>an EXIF directory lies outside its block</source>
        <translation>有一个 EXIF 目录在其块之外</translation>
    </message>
    <message>
        <source>an EXIF field has an unknown type</source>
        <translation>有一个 EXIF 字段类型未知</translation>
    </message>
    <message>
        <source>an EXIF field points into the block&apos;s own header</source>
        <translation>有一个 EXIF 字段指向块自身的头部</translation>
    </message>
    <message>
        <source>an EXIF field reaches beyond its block</source>
        <translation>有一个 EXIF 字段超出其块</translation>
    </message>
    <message>
        <source>an OpenEXR picture, which is not read</source>
        <translation>OpenEXR 图片，不支持读取</translation>
    </message>
    <message>
        <source>an SVG drawing, not a photo</source>
        <translation>SVG 绘图，不是照片</translation>
    </message>
    <message>
        <source>an asked question</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>an icon file, not a photo</source>
        <translation>图标文件，不是照片</translation>
    </message>
    <message>
        <source>an index of its picture data would no longer fit</source>
        <translation>其图像数据的索引会不再匹配</translation>
    </message>
    <message>
        <source>an item of it does not lie in the file itself</source>
        <translation>有一项不在文件本身之内</translation>
    </message>
    <message>
        <source>an item of it is larger than any metadata block</source>
        <translation>有一项比任何元数据块都大</translation>
    </message>
    <message>
        <source>an item of it is listed twice</source>
        <translation>有一项被列出两次</translation>
    </message>
    <message>
        <source>an item of it is stored twice</source>
        <translation>有一项被存储两次</translation>
    </message>
    <message>
        <source>and one more folder</source>
        <translation>以及另外 1 个文件夹</translation>
    </message>
    <message>
        <source>and {n} more folders</source>
        <translation>以及另外 {n} 个文件夹</translation>
    </message>
    <message>
        <source>and {n} other</source>
        <translation>另外 {n} 个</translation>
    </message>
    <message>
        <source>and {n} others</source>
        <translation>另外 {n} 个</translation>
    </message>
    <message>
        <source>another caption stands in {place}</source>
        <translation>{place} 中有另一条说明</translation>
    </message>
    <message>
        <source>another process</source>
        <translation>另一个进程</translation>
    </message>
    <message>
        <source>answer questions</source>
        <translation>回答问题</translation>
    </message>
    <message>
        <source>any day</source>
        <translation>任意日期</translation>
    </message>
    <message>
        <source>ask a question</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>behind a proxy, set HTTPS_PROXY</source>
        <translation>如果使用代理，请设置 HTTPS_PROXY</translation>
    </message>
    <message>
        <source>behind it</source>
        <translation>后面</translation>
    </message>
    <message>
        <source>being captioned</source>
        <translation>正在生成说明</translation>
    </message>
    <message>
        <source>being looked through</source>
        <translation>正在扫描</translation>
    </message>
    <message>
        <source>blipdesk folders lists them.</source>
        <translation>blipdesk folders 会列出它们。</translation>
    </message>
    <message>
        <source>blipdesk models list shows models that work.</source>
        <translation>可用的模型列在设置中。</translation>
    </message>
    <message>
        <source>blipdesk models list shows the names. For a private one, set HF_TOKEN.</source>
        <translation>blipdesk models list 会列出名称。私有模型请设置 HF_TOKEN。</translation>
    </message>
    <message>
        <source>blipdesk models list shows what is.</source>
        <translation>blipdesk models list 会列出已安装的。</translation>
    </message>
    <message>
        <source>blipdesk models list shows what there is.</source>
        <translation>blipdesk models list 会列出现有模型。</translation>
    </message>
    <message>
        <source>blipdesk runs lists them.</source>
        <translation>blipdesk runs 会列出它们。</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>下方</translation>
    </message>
    <message>
        <source>bottom left</source>
        <translation>左下方</translation>
    </message>
    <message>
        <source>bottom right</source>
        <translation>右下方</translation>
    </message>
    <message>
        <source>caption needs review</source>
        <translation>说明待核对</translation>
    </message>
    <message>
        <source>captions are embedded in HEIC and AVIF files only where that is switched on</source>
        <translation>只有在设置中开启后，才会将说明嵌入 HEIC 和 AVIF 文件</translation>
    </message>
    <message>
        <source>captions are not embedded in files of its kind</source>
        <translation>此类文件不嵌入说明</translation>
    </message>
    <message>
        <source>could not be captioned</source>
        <translation>无法生成说明</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>drive is not connected</source>
        <translation>驱动器未连接</translation>
    </message>
    <message>
        <source>edit the caption</source>
        <translation>编辑说明</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空文件</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>估计</translation>
    </message>
    <message>
        <source>everything since…</source>
        <translation>此后的全部…</translation>
    </message>
    <message>
        <source>exit status {number}</source>
        <translation>退出代码 {number}</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>file is missing</source>
        <translation>文件缺失</translation>
    </message>
    <message>
        <source>filled with zeros: its content was never written</source>
        <translation>全是零的文件（内容从未写入）</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>适合</translation>
    </message>
    <message>
        <source>fits in {precision}</source>
        <translation>可容纳（{precision}）</translation>
    </message>
    <message>
        <source>fits the graphics card</source>
        <translation>显卡可容纳</translation>
    </message>
    <message>
        <source>fits the graphics card in {precision}</source>
        <translation>显卡可容纳（{precision}）</translation>
    </message>
    <message>
        <source>in a sidecar file</source>
        <translation>在附属文件中</translation>
    </message>
    <message>
        <source>in the catalog only</source>
        <translation>仅在目录库中</translation>
    </message>
    <message>
        <source>in the photo</source>
        <translation>在照片文件中</translation>
    </message>
    <message>
        <source>is being changed by another program.</source>
        <translation>正被其他程序更改。</translation>
    </message>
    <message>
        <source>is damaged (its beginning is no database)</source>
        <translation>已损坏（开头不是数据库）</translation>
    </message>
    <message>
        <source>is damaged ({what})</source>
        <translation>已损坏（{what}）</translation>
    </message>
    <message>
        <source>is empty (0 bytes)</source>
        <translation>是空的（0 字节）</translation>
    </message>
    <message>
        <source>it cannot be ended</source>
        <translation>无法结束</translation>
    </message>
    <message>
        <source>it carries content credentials (C2PA), which any change would void</source>
        <translation>它带有内容凭证（C2PA），任何更改都会使其失效</translation>
    </message>
    <message>
        <source>it could not be repeated in a sidecar to the letter</source>
        <translation>无法在附属文件中逐字重复</translation>
    </message>
    <message>
        <source>it does not say how much picture data it has</source>
        <translation>它没有说明有多少图像数据</translation>
    </message>
    <message>
        <source>it has more EXIF directories than any camera writes</source>
        <translation>其 EXIF 目录比任何相机写入的都多</translation>
    </message>
    <message>
        <source>it has more metadata than any picture</source>
        <translation>其元数据比任何图片都多</translation>
    </message>
    <message>
        <source>it has no EXIF block, and there is no room for one</source>
        <translation>没有 EXIF 块，也没有放置的空间</translation>
    </message>
    <message>
        <source>it has no list of its parts</source>
        <translation>没有其部件的列表</translation>
    </message>
    <message>
        <source>it has no place for XMP</source>
        <translation>没有放置 XMP 的位置</translation>
    </message>
    <message>
        <source>it has no {what}, and there is no room for one</source>
        <translation>没有 {what}，也没有放置的空间</translation>
    </message>
    <message>
        <source>it has several lists of its parts</source>
        <translation>有多个部件列表</translation>
    </message>
    <message>
        <source>it has several {what}</source>
        <translation>有多个 {what}</translation>
    </message>
    <message>
        <source>it holds a part of an unknown kind</source>
        <translation>含有未知种类的部件</translation>
    </message>
    <message>
        <source>it holds a program&apos;s own data (map data)</source>
        <translation>含有某个程序自己的数据（地图数据）</translation>
    </message>
    <message>
        <source>it holds a program&apos;s own data ({what})</source>
        <translation>含有某个程序自己的数据（{what}）</translation>
    </message>
    <message>
        <source>it holds no caption to add one to</source>
        <translation>没有可供追加的说明</translation>
    </message>
    <message>
        <source>it is a BigTIFF file, which few programs could read afterwards</source>
        <translation>是 BigTIFF 文件，更改后少有程序能读取</translation>
    </message>
    <message>
        <source>it is a camera&apos;s RAW file</source>
        <translation>是相机的 RAW 文件</translation>
    </message>
    <message>
        <source>it is a link to a file outside the library</source>
        <translation>是指向图库之外文件的链接</translation>
    </message>
    <message>
        <source>it is a sequence of pictures</source>
        <translation>是图像序列</translation>
    </message>
    <message>
        <source>it is not a JPEG file</source>
        <translation>不是 JPEG 文件</translation>
    </message>
    <message>
        <source>it is protected</source>
        <translation>受保护</translation>
    </message>
    <message>
        <source>it is too large to be replaced safely</source>
        <translation>太大，无法安全替换</translation>
    </message>
    <message>
        <source>it is too large: its offsets end at 4 GB</source>
        <translation>太大：其偏移止于 4 GB</translation>
    </message>
    <message>
        <source>it would become too large for its format</source>
        <translation>对其格式来说会变得太大</translation>
    </message>
    <message>
        <source>it would grow too large to be read again</source>
        <translation>会变得太大而无法再读取</translation>
    </message>
    <message>
        <source>its EXIF block holds no caption to add one to</source>
        <translation>其 EXIF 块中没有可供追加的说明</translation>
    </message>
    <message>
        <source>its EXIF block holds nothing else</source>
        <translation>其 EXIF 块中没有其他内容</translation>
    </message>
    <message>
        <source>its EXIF block is about a part of the picture</source>
        <translation>其 EXIF 块只关于图像的一部分</translation>
    </message>
    <message>
        <source>its EXIF block is not readable</source>
        <translation>无法读取其 EXIF 块</translation>
    </message>
    <message>
        <source>its EXIF block names the caption twice</source>
        <translation>其 EXIF 块两次列出说明</translation>
    </message>
    <message>
        <source>its EXIF block points at a preview further back in the file</source>
        <translation>其 EXIF 块指向文件后面的预览</translation>
    </message>
    <message>
        <source>its EXIF block starts in an unusual way</source>
        <translation>其 EXIF 块的开头不同寻常</translation>
    </message>
    <message>
        <source>its EXIF description</source>
        <translation>其 EXIF 描述</translation>
    </message>
    <message>
        <source>its EXIF description holds more than a text</source>
        <translation>其 EXIF 描述不只包含文字</translation>
    </message>
    <message>
        <source>its EXIF description is in another charset than UTF-8</source>
        <translation>其 EXIF 描述使用了 UTF-8 以外的字符集</translation>
    </message>
    <message>
        <source>its EXIF directories run in a circle</source>
        <translation>其 EXIF 目录形成循环</translation>
    </message>
    <message>
        <source>its EXIF preview is not readable</source>
        <translation>无法读取其 EXIF 预览</translation>
    </message>
    <message>
        <source>its EXIF preview lies in the block&apos;s own header</source>
        <translation>其 EXIF 预览位于块自身的头部</translation>
    </message>
    <message>
        <source>its EXIF preview reaches beyond its block</source>
        <translation>其 EXIF 预览超出其块</translation>
    </message>
    <message>
        <source>its EXIF user comment</source>
        <translation>其 EXIF 用户注释</translation>
    </message>
    <message>
        <source>its HEIF structure is damaged</source>
        <translation>其 HEIF 结构已损坏</translation>
    </message>
    <message>
        <source>its IPTC</source>
        <translation>其 IPTC</translation>
    </message>
    <message>
        <source>its IPTC caption</source>
        <translation>其 IPTC 说明</translation>
    </message>
    <message>
        <source>its PNG description</source>
        <translation>其 PNG 描述</translation>
    </message>
    <message>
        <source>its TIFF structure is damaged or unusual</source>
        <translation>其 TIFF 结构已损坏或不同寻常</translation>
    </message>
    <message>
        <source>its XMP</source>
        <translation>其 XMP</translation>
    </message>
    <message>
        <source>its XMP ({field})</source>
        <translation>其 XMP（{field}）</translation>
    </message>
    <message>
        <source>its XMP already holds a caption</source>
        <translation>其 XMP 中已有说明</translation>
    </message>
    <message>
        <source>its XMP could not be changed without touching something else</source>
        <translation>无法只更改其 XMP 而不动其他内容</translation>
    </message>
    <message>
        <source>its XMP has a document type</source>
        <translation>其 XMP 带有文档类型</translation>
    </message>
    <message>
        <source>its XMP has no single RDF part</source>
        <translation>其 XMP 没有唯一的 RDF 部分</translation>
    </message>
    <message>
        <source>its XMP holds a caption in an unusual form</source>
        <translation>其 XMP 中说明的形式不同寻常</translation>
    </message>
    <message>
        <source>its XMP holds keywords in an unusual form</source>
        <translation>其 XMP 中标签的形式不同寻常</translation>
    </message>
    <message>
        <source>its XMP holds our own mark in an unusual form</source>
        <translation>其 XMP 中 BlipDesk 标记的形式不同寻常</translation>
    </message>
    <message>
        <source>its XMP holds stars in an unusual form</source>
        <translation>其 XMP 中评分的形式不同寻常</translation>
    </message>
    <message>
        <source>its XMP in {language}</source>
        <translation>其 XMP（语言：{language}）</translation>
    </message>
    <message>
        <source>its XMP is empty in an unusual way</source>
        <translation>其 XMP 以不同寻常的方式为空</translation>
    </message>
    <message>
        <source>its XMP is nested too deeply</source>
        <translation>其 XMP 嵌套过深</translation>
    </message>
    <message>
        <source>its XMP is not in UTF-8</source>
        <translation>其 XMP 不是 UTF-8</translation>
    </message>
    <message>
        <source>its XMP is not well-formed</source>
        <translation>其 XMP 格式不正确</translation>
    </message>
    <message>
        <source>its XMP is too large</source>
        <translation>其 XMP 太大</translation>
    </message>
    <message>
        <source>its XMP packet is larger than any</source>
        <translation>其 XMP 数据包大得异常</translation>
    </message>
    <message>
        <source>its XMP says more things than can be gone through</source>
        <translation>其 XMP 内容太多，无法查完</translation>
    </message>
    <message>
        <source>its XMP says one thing many times, which is unusual</source>
        <translation>其 XMP 多次说明同一件事，不同寻常</translation>
    </message>
    <message>
        <source>its XMP says two captions in one place</source>
        <translation>其 XMP 在一处有两条说明</translation>
    </message>
    <message>
        <source>its XPComment</source>
        <translation>其 XPComment</translation>
    </message>
    <message>
        <source>its XPComment is taken</source>
        <translation>其 XPComment 已被占用</translation>
    </message>
    <message>
        <source>its boxes do not end where the file ends</source>
        <translation>其数据盒的结尾与文件结尾不一致</translation>
    </message>
    <message>
        <source>its camera data stand in a text chunk, which an EXIF block of ours would hide</source>
        <translation>其相机数据在文本块中，写入 EXIF 块会遮住它</translation>
    </message>
    <message>
        <source>its camera maker&apos;s notes reach beyond the EXIF block</source>
        <translation>相机厂商注释超出了 EXIF 块</translation>
    </message>
    <message>
        <source>its drive is not connected</source>
        <translation>其驱动器未连接</translation>
    </message>
    <message>
        <source>its first page is no picture</source>
        <translation>其第一页不是图片</translation>
    </message>
    <message>
        <source>its further pictures are chained in an unusual way</source>
        <translation>其后续图片的链接方式不同寻常</translation>
    </message>
    <message>
        <source>its header has too many parts</source>
        <translation>其头部的部分太多</translation>
    </message>
    <message>
        <source>its header is cut off</source>
        <translation>其头部被截断</translation>
    </message>
    <message>
        <source>its header is damaged</source>
        <translation>其头部已损坏</translation>
    </message>
    <message>
        <source>its index of further pictures is not readable</source>
        <translation>无法读取其后续图片的索引</translation>
    </message>
    <message>
        <source>its items are in too many pieces</source>
        <translation>其项目分成太多块</translation>
    </message>
    <message>
        <source>its items are listed in an unusual way</source>
        <translation>其项目的列出方式不同寻常</translation>
    </message>
    <message>
        <source>its items are stored in an unusual way</source>
        <translation>其项目的存储方式不同寻常</translation>
    </message>
    <message>
        <source>its last part is open-ended: whatever is appended would become part of it</source>
        <translation>其最后一部分没有结尾：追加的内容会成为它的一部分</translation>
    </message>
    <message>
        <source>its list of parts has no room for the new place of the metadata</source>
        <translation>其部件列表没有空间记录元数据的新位置</translation>
    </message>
    <message>
        <source>its metadata are in too many pieces</source>
        <translation>其元数据分成太多块</translation>
    </message>
    <message>
        <source>its metadata block is full</source>
        <translation>其元数据块已满</translation>
    </message>
    <message>
        <source>its metadata could not be understood</source>
        <translation>无法理解其元数据</translation>
    </message>
    <message>
        <source>its metadata do not lie where they could be replaced</source>
        <translation>其元数据不在可以替换的位置</translation>
    </message>
    <message>
        <source>its picture cannot be read</source>
        <translation>无法读取其图像</translation>
    </message>
    <message>
        <source>its picture is in more pieces than are looked at</source>
        <translation>其图像分块太多，无法逐一查看</translation>
    </message>
    <message>
        <source>its process could not work</source>
        <translation>其进程无法工作</translation>
    </message>
    <message>
        <source>its sidecar</source>
        <translation>其附属文件</translation>
    </message>
    <message>
        <source>its sidecar ({field})</source>
        <translation>其附属文件（{field}）</translation>
    </message>
    <message>
        <source>its sidecar is too large</source>
        <translation>其附属文件太大</translation>
    </message>
    <message>
        <source>its structure is damaged</source>
        <translation>其结构已损坏</translation>
    </message>
    <message>
        <source>its {what} cannot be taken out</source>
        <translation>无法移除其 {what}</translation>
    </message>
    <message>
        <source>keywords alone have no place in it</source>
        <translation>没有单独放置标签的位置</translation>
    </message>
    <message>
        <source>large view</source>
        <translation>大图查看</translation>
    </message>
    <message>
        <source>larger than Pillow looks at</source>
        <translation>超出 Pillow 能处理的大小</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左侧</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>不到 1 分钟</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>meets the filters</source>
        <translation>符合筛选条件</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>中央</translation>
    </message>
    <message>
        <source>more pictures follow it than can be looked at</source>
        <translation>后面的图片太多，无法查看</translation>
    </message>
    <message>
        <source>near in meaning</source>
        <translation>含义相近</translation>
    </message>
    <message>
        <source>next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>no caption</source>
        <translation>没有说明</translation>
    </message>
    <message>
        <source>no comment</source>
        <translation>没有注释</translation>
    </message>
    <message>
        <source>no memory</source>
        <translation>没有内存</translation>
    </message>
    <message>
        <source>no ordinary file</source>
        <translation>非普通文件</translation>
    </message>
    <message>
        <source>no picture of a kind that is known</source>
        <translation>未知种类，不是图片</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>nothing is written over it</source>
        <translation>不会覆盖它</translation>
    </message>
    <message>
        <source>nothing is written over them until you decide which stay.</source>
        <translation>在你决定保留哪个之前，不会覆盖它们。</translation>
    </message>
    <message>
        <source>of {n}</source>
        <translation>/ {n}</translation>
    </message>
    <message>
        <source>on each side of it</source>
        <translation>两侧</translation>
    </message>
    <message>
        <source>others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>perhaps</source>
        <translation>可能</translation>
    </message>
    <message>
        <source>photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>probably not</source>
        <translation>可能不符</translation>
    </message>
    <message>
        <source>process {pid} on {host}, since {time}</source>
        <translation>{host} 上的进程 {pid}，自 {time} 起</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右侧</translation>
    </message>
    <message>
        <source>signal {number}</source>
        <translation>信号 {number}</translation>
    </message>
    <message>
        <source>since {day}</source>
        <translation>自 {day} 起</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>surely</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>taken at {when}</source>
        <translation>（拍摄于 {when}）</translation>
    </message>
    <message>
        <source>taken in the {when}</source>
        <translation>（拍摄于 {when}）</translation>
    </message>
    <message>
        <source>taken in {when}</source>
        <translation>（拍摄于 {when}）</translation>
    </message>
    <message>
        <source>taken on {when}</source>
        <translation>（拍摄于 {when}）</translation>
    </message>
    <message>
        <source>taken {when}</source>
        <translation>（拍摄于 {when}）</translation>
    </message>
    <message>
        <source>tell how well a text fits a photo</source>
        <translation>判断文字与照片是否吻合</translation>
    </message>
    <message>
        <source>that may be alike</source>
        <translation>可能相似</translation>
    </message>
    <message>
        <source>that may fit</source>
        <translation>可能符合</translation>
    </message>
    <message>
        <source>the file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>the file belongs to somebody else or is read-only</source>
        <translation>文件为只读或属于他人</translation>
    </message>
    <message>
        <source>the file is gone</source>
        <translation>文件已不存在</translation>
    </message>
    <message>
        <source>the machine&apos;s is left out, because {reason}</source>
        <translation>不放入自动生成的说明，因为 {reason}</translation>
    </message>
    <message>
        <source>the machine&apos;s stands behind it</source>
        <translation>自动生成的说明放在其后</translation>
    </message>
    <message>
        <source>the machine&apos;s stands in XPComment alone</source>
        <translation>自动生成的说明只放在 XPComment 中</translation>
    </message>
    <message>
        <source>the machine&apos;s stands instead of it</source>
        <translation>以自动生成的说明取代它</translation>
    </message>
    <message>
        <source>the model is being loaded</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>the person&apos;s caption stands there</source>
        <translation>那里有人工说明</translation>
    </message>
    <message>
        <source>the quotes</source>
        <translation>引号</translation>
    </message>
    <message>
        <source>the same file stands under several names (hard links), which replacing it would part</source>
        <translation>同一文件有多个名称（硬链接），替换会使它们分离</translation>
    </message>
    <message>
        <source>their files are not there</source>
        <translation>它们的文件不存在</translation>
    </message>
    <message>
        <source>theme, colours</source>
        <translation>主题、配色、颜色</translation>
    </message>
    <message>
        <source>there are the cameras {names}</source>
        <translation>有以下相机：{names}</translation>
    </message>
    <message>
        <source>there are the folders {names}</source>
        <translation>有以下文件夹：{names}</translation>
    </message>
    <message>
        <source>there are the lenses {names}</source>
        <translation>有以下镜头：{names}</translation>
    </message>
    <message>
        <source>there are the tags {names}</source>
        <translation>有以下标签：{names}</translation>
    </message>
    <message>
        <source>there are {names}</source>
        <translation>有{names}</translation>
    </message>
    <message>
        <source>there is the camera {names}</source>
        <translation>有相机{names}</translation>
    </message>
    <message>
        <source>there is the folder {names}</source>
        <translation>有文件夹{names}</translation>
    </message>
    <message>
        <source>there is the lens {names}</source>
        <translation>有镜头{names}</translation>
    </message>
    <message>
        <source>there is the tag {names}</source>
        <translation>有标签{names}</translation>
    </message>
    <message>
        <source>there is {names}</source>
        <translation>有{names}</translation>
    </message>
    <message>
        <source>this photo</source>
        <translation>这张照片</translation>
    </message>
    <message>
        <source>too large: needs {needed}, {free} free</source>
        <translation>太大：需要 {needed}，可用 {free}</translation>
    </message>
    <message>
        <source>too many</source>
        <translation>过多的</translation>
    </message>
    <message>
        <source>top</source>
        <translation>上方</translation>
    </message>
    <message>
        <source>top left</source>
        <translation>左上方</translation>
    </message>
    <message>
        <source>top right</source>
        <translation>右上方</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>undo, history</source>
        <translation>撤销、还原、历史记录</translation>
    </message>
    <message>
        <source>unknown error</source>
        <translation>未知错误</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>截至 {day}</translation>
    </message>
    <message>
        <source>waiting for its caption</source>
        <translation>等待生成说明</translation>
    </message>
    <message>
        <source>what changes behind it would be taken for a part of it</source>
        <translation>其后的更改会被当成它的一部分</translation>
    </message>
    <message>
        <source>what changes behind its EXIF block would be taken for a part of it</source>
        <translation>其 EXIF 块之后的更改会被当成它的一部分</translation>
    </message>
    <message>
        <source>what stands in {place} could not be read to its end</source>
        <translation>无法把 {place} 中的内容读到末尾</translation>
    </message>
    <message>
        <source>without the excluded words</source>
        <translation>不含被排除的词</translation>
    </message>
    <message>
        <source>write captions</source>
        <translation>撰写说明</translation>
    </message>
    <message>
        <source>write, metadata, EXIF, IPTC, XMP, tags, keywords, stars, ratings</source>
        <translation>写入、元数据、EXIF、IPTC、XMP、标签、关键字、星标、评分</translation>
    </message>
    <message>
        <source>yes, no</source>
        <translation>yes, no</translation>
    </message>
    <message>
        <source>you</source>
        <translation>你</translation>
    </message>
    <message>
        <source>your own changes</source>
        <translation>你自己的更改</translation>
    </message>
    <message>
        <source>{action} ({reason})</source>
        <translation>{action}（{reason}）</translation>
    </message>
    <message>
        <source>{action}: {model}</source>
        <translation>{action}：{model}</translation>
    </message>
    <message>
        <source>{at} of {count}</source>
        <translation>{at} / {count}</translation>
    </message>
    <message>
        <source>{batch_size} is no batch size.</source>
        <translation>{batch_size} 不是有效的批量大小。</translation>
    </message>
    <message>
        <source>{candidates} candidates need as many beams.</source>
        <translation>{candidates} 个候选需要同样多的束。</translation>
    </message>
    <message>
        <source>{count} already there</source>
        <translation>{count} 张已有</translation>
    </message>
    <message>
        <source>{count} answered before</source>
        <translation>{count} 个之前已回答</translation>
    </message>
    <message>
        <source>{count} beside the photos</source>
        <translation>{count} 张写在照片旁</translation>
    </message>
    <message>
        <source>{count} could not be read</source>
        <translation>{count} 张无法读取</translation>
    </message>
    <message>
        <source>{count} in the photos</source>
        <translation>{count} 张写入照片</translation>
    </message>
    <message>
        <source>{count} left as they were</source>
        <translation>{count} 张保持原样</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>另外 {count} 个</translation>
    </message>
    <message>
        <source>{count} not written</source>
        <translation>{count} 张未写入</translation>
    </message>
    <message>
        <source>{count} of them in part only: the first in the list say why.</source>
        <translation>其中 {count} 个只有部分：原因见列表最前面。</translation>
    </message>
    <message>
        <source>{count} of {photos}</source>
        <translation>{count}/{photos}</translation>
    </message>
    <message>
        <source>{count} of {photos} photos have it</source>
        <translation>{photos} 张照片中有 {count} 张</translation>
    </message>
    <message>
        <source>{days}: {photos}</source>
        <translation>{days}：{photos}</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>{device} and the main memory</source>
        <translation>{device} 和主内存</translation>
    </message>
    <message>
        <source>{done} of {photos}</source>
        <translation>{photos}中的 {done} 张</translation>
    </message>
    <message>
        <source>{done} of {total} captioned</source>
        <translation>{total} 张中已有 {done} 张配有说明</translation>
    </message>
    <message>
        <source>{done} where most programs look, but not in {places}</source>
        <translation>{done}（在多数程序查看之处，但不含 {places}）</translation>
    </message>
    <message>
        <source>{filter} is {days}</source>
        <translation>{filter} 即 {days}</translation>
    </message>
    <message>
        <source>{filter}: {value}</source>
        <translation>{filter}：{value}</translation>
    </message>
    <message>
        <source>{filter}…</source>
        <translation>{filter}…</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} 至 {last}</translation>
    </message>
    <message>
        <source>{first} – {last}</source>
        <translation>{first}–{last}</translation>
    </message>
    <message>
        <source>{folders}: its captions stay, and go on when it is back.</source>
        <translation>{folders}：其说明会保留，重新连接后继续。</translation>
    </message>
    <message>
        <source>{folder} is no folder.</source>
        <translation>{folder} 不是文件夹。</translation>
    </message>
    <message>
        <source>{format}, damaged: only a part could be read</source>
        <translation>{format}（已损坏，只能读取一部分）</translation>
    </message>
    <message>
        <source>{help} Also {others}.</source>
        <translation>{help}还有 {others}。</translation>
    </message>
    <message>
        <source>{help} You can change this at any time.</source>
        <translation>{help}可随时更改。</translation>
    </message>
    <message>
        <source>{help}: {values}.</source>
        <translation>{help}：{values}。</translation>
    </message>
    <message>
        <source>{host} answers {status} for {repo}.</source>
        <translation>{host} 对 {repo} 的响应是 {status}。</translation>
    </message>
    <message>
        <source>{host} does not accept the token in HF_TOKEN.</source>
        <translation>{host} 不接受 HF_TOKEN 中的令牌。</translation>
    </message>
    <message>
        <source>{host} does not answer.</source>
        <translation>{host} 没有响应。</translation>
    </message>
    <message>
        <source>{host} does not have the wanted revision of {repo}.</source>
        <translation>{host} 没有所需的 {repo} 修订版本。</translation>
    </message>
    <message>
        <source>{host} has had too many requests from here and asks to wait for {minutes} minutes.</source>
        <translation>来自这里的请求过多，{host} 要求等待 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>{host} has had too many requests from here and asks to wait.</source>
        <translation>来自这里的请求过多，{host} 要求等待。</translation>
    </message>
    <message>
        <source>{host} has trouble ({status}).</source>
        <translation>{host} 出现问题（{status}）。</translation>
    </message>
    <message>
        <source>{host} is busy ({code})</source>
        <translation>{host} 繁忙（{code}）</translation>
    </message>
    <message>
        <source>{host} is no web address.</source>
        <translation>{host} 不是网址。</translation>
    </message>
    <message>
        <source>{host} lists a file of {repo} that it does not have.</source>
        <translation>{host} 列出了 {repo} 的一个并不存在的文件。</translation>
    </message>
    <message>
        <source>{host} refuses to hand out {repo} (403).</source>
        <translation>{host} 拒绝提供 {repo} (403)。</translation>
    </message>
    <message>
        <source>{host} sends us round in circles.</source>
        <translation>{host} 的重定向陷入循环。</translation>
    </message>
    <message>
        <source>{host} sent {count} bytes in {seconds} seconds</source>
        <translation>{host} 在 {seconds} 秒内只发送了 {count} 字节</translation>
    </message>
    <message>
        <source>{label} {value} is out of bounds.</source>
        <translation>{label} {value} 超出范围。</translation>
    </message>
    <message>
        <source>{label}: {count} characters are too many.</source>
        <translation>{label}：{count} 个字符太多。</translation>
    </message>
    <message>
        <source>{least} to {most} days left</source>
        <translation>剩余 {least} 至 {most} 天</translation>
    </message>
    <message>
        <source>{least} to {most} h left</source>
        <translation>剩余 {least} 至 {most} 小时</translation>
    </message>
    <message>
        <source>{least} to {most} min left</source>
        <translation>剩余 {least} 至 {most} 分钟</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>{models}, {size}</source>
        <translation>{models}，{size}</translation>
    </message>
    <message>
        <source>{model} (not on this computer)</source>
        <translation>{model}（不在这台电脑上）</translation>
    </message>
    <message>
        <source>{model} is being loaded…</source>
        <translation>正在加载 {model}…</translation>
    </message>
    <message>
        <source>{model} is no model: a number of seconds is missing after fake:.</source>
        <translation>{model} 不是模型：fake: 之后缺少秒数。</translation>
    </message>
    <message>
        <source>{model} is on this computer now: choose it above.</source>
        <translation>{model} 现已在这台电脑上：请在上方选择。</translation>
    </message>
    <message>
        <source>{model} is on this computer now: whole, checked and tried.</source>
        <translation>{model} 现已在这台电脑上：完整，已检查并试运行。</translation>
    </message>
    <message>
        <source>{model} is ready.</source>
        <translation>{model} 已就绪。</translation>
    </message>
    <message>
        <source>{model} is removed: {size} are free again.</source>
        <translation>{model} 已移除：释放了 {size}。</translation>
    </message>
    <message>
        <source>{model} on {device}, {precision}</source>
        <translation>{model}（{device}，{precision}）</translation>
    </message>
    <message>
        <source>{model} · chosen by you</source>
        <translation>{model} · 由你选定</translation>
    </message>
    <message>
        <source>{model} · edited by you</source>
        <translation>{model} · 由你编辑</translation>
    </message>
    <message>
        <source>{model}: every file is as it should be, and it loads in {seconds}.</source>
        <translation>{model}：所有文件正常，加载用时 {seconds}。</translation>
    </message>
    <message>
        <source>{model}: loaded when there is something to caption</source>
        <translation>{model}：有照片需要生成说明时才会加载</translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation>{year}年{month}</translation>
    </message>
    <message>
        <source>{names} and {last}</source>
        <translation>{names}和{last}</translation>
    </message>
    <message>
        <source>{names} are not connected. Captions are kept and stay searchable.</source>
        <translation>{names} 未连接。说明会保留，仍可搜索。</translation>
    </message>
    <message>
        <source>{names} is not connected. Captions are kept and stay searchable.</source>
        <translation>{names} 未连接。说明会保留，仍可搜索。</translation>
    </message>
    <message>
        <source>{name} came damaged: getting it again.</source>
        <translation>{name} 收到时已损坏：正在重新获取。</translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}.</source>
        <translation>无法读取 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{name} could not be moved to the trash ({reason}). It is where it was.</source>
        <translation>无法将 {name} 移到回收站（{reason}）。它仍在原处。</translation>
    </message>
    <message>
        <source>{name} could not be put back ({reason}). It lies in the trash.</source>
        <translation>无法还原 {name}（{reason}）。它在回收站里。</translation>
    </message>
    <message>
        <source>{name} could not be read from the disk ({reason}).</source>
        <translation>无法从磁盘读取 {name}（{reason}）。</translation>
    </message>
    <message>
        <source>{name} could not be read: the program part that reads photos did not work ({why}).</source>
        <translation>无法读取 {name}：读取照片的程序部分未能工作（{why}）。</translation>
    </message>
    <message>
        <source>{name} could not be removed: {reason}.</source>
        <translation>无法删除 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{name} could not be replaced: permission denied.</source>
        <translation>无法替换 {name}：权限被拒绝。</translation>
    </message>
    <message>
        <source>{name} could not be written: {reason}.</source>
        <translation>无法写入 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{name} has {many} megapixels; the limit for this format is {limit}.</source>
        <translation>{name} 有 {many} 百万像素；此格式的上限是 {limit}。</translation>
    </message>
    <message>
        <source>{name} holds a picture without any pixels.</source>
        <translation>{name} 中的图片没有任何像素。</translation>
    </message>
    <message>
        <source>{name} holds almost no picture data.</source>
        <translation>{name} 几乎没有图像数据。</translation>
    </message>
    <message>
        <source>{name} is a link that leads nowhere.</source>
        <translation>{name} 是一个失效的链接。</translation>
    </message>
    <message>
        <source>{name} is cut off: it holds almost no picture data.</source>
        <translation>{name} 被截断：几乎没有图像数据。</translation>
    </message>
    <message>
        <source>{name} is damaged: its {kind} data cannot be decoded.</source>
        <translation>{name} 已损坏：其 {kind} 数据无法解码。</translation>
    </message>
    <message>
        <source>{name} is hidden; its photos keep it</source>
        <translation>{name}已隐藏；其照片仍保留它</translation>
    </message>
    <message>
        <source>{name} is in the cloud only.</source>
        <translation>{name} 仅在云端。</translation>
    </message>
    <message>
        <source>{name} is longer at {host} than its listing says</source>
        <translation>{host} 上的 {name} 比其列表所说的长</translation>
    </message>
    <message>
        <source>{name} is no longer there.</source>
        <translation>{name} 已不存在。</translation>
    </message>
    <message>
        <source>{name} is no longer watched; its captions are kept</source>
        <translation>已停止监视 {name}；其说明会保留</translation>
    </message>
    <message>
        <source>{name} is not a regular file.</source>
        <translation>{name} 不是普通文件。</translation>
    </message>
    <message>
        <source>{name} is read-only or belongs to somebody else.</source>
        <translation>{name} 为只读或属于他人。</translation>
    </message>
    <message>
        <source>{name} is set: check that proxy</source>
        <translation>已设置 {name}：请检查该代理</translation>
    </message>
    <message>
        <source>{name} is shorter at {host} than its listing says</source>
        <translation>{host} 上的 {name} 比其列表所说的短</translation>
    </message>
    <message>
        <source>{name} is too large to be changed safely.</source>
        <translation>{name} 太大，无法安全更改。</translation>
    </message>
    <message>
        <source>{name} is {count} large; the limit is {limit}.</source>
        <translation>{name} 的大小为 {count}；上限是 {limit}。</translation>
    </message>
    <message>
        <source>{name} may not be read.</source>
        <translation>不允许读取 {name}。</translation>
    </message>
    <message>
        <source>{name} needs more memory to open than is allowed for one photo.</source>
        <translation>打开 {name} 所需的内存超过单张照片的限制。</translation>
    </message>
    <message>
        <source>{name} of {repo} came damaged twice from {host} (its checksum is not the one that the hub names), and was thrown away.</source>
        <translation>{repo} 的 {name} 两次从 {host} 收到时已损坏（校验和与中心站不符），已丢弃。</translation>
    </message>
    <message>
        <source>{name} stands under several names (hard links), which restoring it would part.</source>
        <translation>{name} 有多个名称（硬链接），恢复会使它们分离。</translation>
    </message>
    <message>
        <source>{name} stays in the trash: there is another file by its name now.</source>
        <translation>{name} 留在回收站：原处已有同名的另一个文件。</translation>
    </message>
    <message>
        <source>{name} stopped the program part that reads photos.</source>
        <translation>{name} 使读取照片的程序部分停止。</translation>
    </message>
    <message>
        <source>{name} took longer than {seconds} seconds to open.</source>
        <translation>打开 {name} 超过了 {seconds} 秒。</translation>
    </message>
    <message>
        <source>{name} was not read: it is {what}.</source>
        <translation>未读取 {name}：这是 {what}。</translation>
    </message>
    <message>
        <source>{name}, {photos}</source>
        <translation>{name}，{photos}</translation>
    </message>
    <message>
        <source>{name}: cannot read “{value}”. Did you mean {name}:{meant}?</source>
        <translation>{name}：无法理解“{value}”。你是指 {name}:{meant} 吗？</translation>
    </message>
    <message>
        <source>{name}: cannot read “{value}”. Type for instance {name}:{example}.</source>
        <translation>{name}：无法理解“{value}”。例如可输入 {name}:{example}。</translation>
    </message>
    <message>
        <source>{name}: does not know “{value}”. It takes {values}.</source>
        <translation>{name}：不认识“{value}”。可用的值：{values}。</translation>
    </message>
    <message>
        <source>{name}: needs a value, for instance {name}:{example}.</source>
        <translation>{name}：需要一个值，例如 {name}:{example}。</translation>
    </message>
    <message>
        <source>{name}: {words}</source>
        <translation>{name}：{words}</translation>
    </message>
    <message>
        <source>{near}blipdesk models list shows the names.</source>
        <translation>{near}blipdesk models list 会列出名称。</translation>
    </message>
    <message>
        <source>{near}blipdesk models list shows the names; any other: owner/name of its page.</source>
        <translation>{near}blipdesk models list 会列出名称；其他请用其页面的 owner/name。</translation>
    </message>
    <message>
        <source>{n} beside photos</source>
        <translation>{n} 张写在照片旁</translation>
    </message>
    <message>
        <source>{n} beside the photo</source>
        <translation>{n} 张写在照片旁</translation>
    </message>
    <message>
        <source>{n} captions copied</source>
        <translation>已复制 {n} 条说明</translation>
    </message>
    <message>
        <source>{n} change</source>
        <translation>{n} 项更改</translation>
    </message>
    <message>
        <source>{n} changes</source>
        <translation>{n} 项更改</translation>
    </message>
    <message>
        <source>{n} file as before</source>
        <translation>{n} 个文件恢复原样</translation>
    </message>
    <message>
        <source>{n} file cannot be put back: the first in the list.</source>
        <translation>{n} 个文件无法恢复写入：见列表最前面。</translation>
    </message>
    <message>
        <source>{n} file cannot be taken back: the first in the list.</source>
        <translation>{n} 个文件无法撤回：见列表最前面。</translation>
    </message>
    <message>
        <source>{n} file could not be put back: the first in the list say why.</source>
        <translation>{n} 个文件未能恢复写入：原因见列表最前面。</translation>
    </message>
    <message>
        <source>{n} file could not be taken back: the first in the list say why.</source>
        <translation>{n} 个文件未能撤回：原因见列表最前面。</translation>
    </message>
    <message>
        <source>{n} file could not be written</source>
        <translation>{n} 个文件无法写入</translation>
    </message>
    <message>
        <source>{n} file gets back, byte for byte, what stood there before BlipDesk wrote.</source>
        <translation>{n} 个文件将逐字节恢复为 BlipDesk 写入之前的内容。</translation>
    </message>
    <message>
        <source>{n} file gets back, byte for byte, what stood there before it was taken back.</source>
        <translation>{n} 个文件将逐字节恢复为撤回之前的内容。</translation>
    </message>
    <message>
        <source>{n} file is as before, byte for byte.</source>
        <translation>{n} 个文件已逐字节恢复原样。</translation>
    </message>
    <message>
        <source>{n} files are as before, byte for byte.</source>
        <translation>{n} 个文件已逐字节恢复原样。</translation>
    </message>
    <message>
        <source>{n} files as before</source>
        <translation>{n} 个文件恢复原样</translation>
    </message>
    <message>
        <source>{n} files cannot be put back: the first in the list.</source>
        <translation>{n} 个文件无法恢复写入：见列表最前面。</translation>
    </message>
    <message>
        <source>{n} files cannot be taken back: the first in the list.</source>
        <translation>{n} 个文件无法撤回：见列表最前面。</translation>
    </message>
    <message>
        <source>{n} files could not be put back: the first in the list say why.</source>
        <translation>{n} 个文件未能恢复写入：原因见列表最前面。</translation>
    </message>
    <message>
        <source>{n} files could not be taken back: the first in the list say why.</source>
        <translation>{n} 个文件未能撤回：原因见列表最前面。</translation>
    </message>
    <message>
        <source>{n} files could not be written</source>
        <translation>{n} 个文件无法写入</translation>
    </message>
    <message>
        <source>{n} files get back, byte for byte, what stood there before BlipDesk wrote.</source>
        <translation>{n} 个文件将逐字节恢复为 BlipDesk 写入之前的内容。</translation>
    </message>
    <message>
        <source>{n} files get back, byte for byte, what stood there before it was taken back.</source>
        <translation>{n} 个文件将逐字节恢复为撤回之前的内容。</translation>
    </message>
    <message>
        <source>{n} hidden tag</source>
        <translation>{n} 个隐藏的标签</translation>
    </message>
    <message>
        <source>{n} hidden tags</source>
        <translation>{n} 个隐藏的标签</translation>
    </message>
    <message>
        <source>{n} hours</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>{n} in photos</source>
        <translation>{n} 张写入照片</translation>
    </message>
    <message>
        <source>{n} in the photo</source>
        <translation>{n} 张写入照片</translation>
    </message>
    <message>
        <source>{n} left as it is</source>
        <translation>{n} 个保持原样</translation>
    </message>
    <message>
        <source>{n} left as it was</source>
        <translation>{n} 张保持原样</translation>
    </message>
    <message>
        <source>{n} left as they are</source>
        <translation>{n} 个保持原样</translation>
    </message>
    <message>
        <source>{n} left as they were</source>
        <translation>{n} 张保持原样</translation>
    </message>
    <message>
        <source>{n} match</source>
        <translation>{n} 个匹配项</translation>
    </message>
    <message>
        <source>{n} matches</source>
        <translation>{n} 个匹配项</translation>
    </message>
    <message>
        <source>{n} minutes</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} model beside the demo models</source>
        <translation>演示模型之外另有 {n} 个模型</translation>
    </message>
    <message>
        <source>{n} models beside the demo models</source>
        <translation>演示模型之外另有 {n} 个模型</translation>
    </message>
    <message>
        <source>{n} more camera</source>
        <translation>另外 {n} 台相机</translation>
    </message>
    <message>
        <source>{n} more cameras</source>
        <translation>另外 {n} 台相机</translation>
    </message>
    <message>
        <source>{n} more maybe</source>
        <translation>另有 {n} 张可能符合</translation>
    </message>
    <message>
        <source>{n} more stayed too.</source>
        <translation>另有 {n} 张也留在原处。</translation>
    </message>
    <message>
        <source>{n} not taken back</source>
        <translation>{n} 个未撤回</translation>
    </message>
    <message>
        <source>{n} not written</source>
        <translation>{n} 张未写入</translation>
    </message>
    <message>
        <source>{n} of {most} stars</source>
        <translation>{most} 颗星中的 {n} 颗</translation>
    </message>
    <message>
        <source>{n} older change can no longer be taken back.</source>
        <translation>{n} 项更早的更改已无法撤回。</translation>
    </message>
    <message>
        <source>{n} older changes can no longer be taken back.</source>
        <translation>{n} 项更早的更改已无法撤回。</translation>
    </message>
    <message>
        <source>{n} other folder could not be reached either.</source>
        <translation>另有 {n} 个文件夹也无法访问。</translation>
    </message>
    <message>
        <source>{n} other folders could not be reached either.</source>
        <translation>另有 {n} 个文件夹也无法访问。</translation>
    </message>
    <message>
        <source>{n} paths copied</source>
        <translation>已复制 {n} 个路径</translation>
    </message>
    <message>
        <source>{n} photo</source>
        <translation>{n} 张照片</translation>
    </message>
    <message>
        <source>{n} photo could not be read.</source>
        <translation>{n} 张照片无法读取。</translation>
    </message>
    <message>
        <source>{n} photo has a caption.</source>
        <translation>{n} 张照片已有说明。</translation>
    </message>
    <message>
        <source>{n} photo has words not saved yet</source>
        <translation>{n} 张照片有尚未保存的文字</translation>
    </message>
    <message>
        <source>{n} photo is back</source>
        <translation>已还原 {n} 张照片</translation>
    </message>
    <message>
        <source>{n} photo is tried again.</source>
        <translation>将重试 {n} 张照片。</translation>
    </message>
    <message>
        <source>{n} photo moved to the trash</source>
        <translation>已将 {n} 张照片移到回收站</translation>
    </message>
    <message>
        <source>{n} photo removed from the library</source>
        <translation>已从图库移除 {n} 张照片</translation>
    </message>
    <message>
        <source>{n} photo selected</source>
        <translation>已选择 {n} 张照片</translation>
    </message>
    <message>
        <source>{n} photo waits</source>
        <translation>{n} 张照片等待中</translation>
    </message>
    <message>
        <source>{n} photo was captioned.</source>
        <translation>已为 {n} 张照片生成说明。</translation>
    </message>
    <message>
        <source>{n} photos</source>
        <translation>{n} 张照片</translation>
    </message>
    <message>
        <source>{n} photos added to the favourites</source>
        <translation>{n} 张照片已加入收藏</translation>
    </message>
    <message>
        <source>{n} photos are back</source>
        <translation>已还原 {n} 张照片</translation>
    </message>
    <message>
        <source>{n} photos are tried again.</source>
        <translation>将重试 {n} 张照片。</translation>
    </message>
    <message>
        <source>{n} photos copied</source>
        <translation>已复制 {n} 张照片</translation>
    </message>
    <message>
        <source>{n} photos could not be read.</source>
        <translation>{n} 张照片无法读取。</translation>
    </message>
    <message>
        <source>{n} photos have captions.</source>
        <translation>{n} 张照片已有说明。</translation>
    </message>
    <message>
        <source>{n} photos have words not saved yet</source>
        <translation>{n} 张照片有尚未保存的文字</translation>
    </message>
    <message>
        <source>{n} photos moved to the trash</source>
        <translation>已将 {n} 张照片移到回收站</translation>
    </message>
    <message>
        <source>{n} photos removed from the library</source>
        <translation>已从图库移除 {n} 张照片</translation>
    </message>
    <message>
        <source>{n} photos selected</source>
        <translation>已选择 {n} 张照片</translation>
    </message>
    <message>
        <source>{n} photos taken off the favourites</source>
        <translation>{n} 张照片已取消收藏</translation>
    </message>
    <message>
        <source>{n} photos wait</source>
        <translation>{n} 张照片等待中</translation>
    </message>
    <message>
        <source>{n} photos were captioned.</source>
        <translation>已为 {n} 张照片生成说明。</translation>
    </message>
    <message>
        <source>{n} photos will be captioned again</source>
        <translation>将为 {n} 张照片重新生成说明</translation>
    </message>
    <message>
        <source>{n} selected</source>
        <translation>已选择 {n} 张</translation>
    </message>
    <message>
        <source>{n} tag that fewer photos have is not shown.</source>
        <translation>另有 {n} 个照片较少的标签未显示。</translation>
    </message>
    <message>
        <source>{n} tags that fewer photos have are not shown.</source>
        <translation>另有 {n} 个照片较少的标签未显示。</translation>
    </message>
    <message>
        <source>{n} taken back</source>
        <translation>{n} 个已撤回</translation>
    </message>
    <message>
        <source>{old} is called {new} now</source>
        <translation>{old}现在叫{new}</translation>
    </message>
    <message>
        <source>{page} ({n})</source>
        <translation>{page}（{n}）</translation>
    </message>
    <message>
        <source>{parent} holds no model: {name} is missing.</source>
        <translation>{parent} 中没有模型：缺少 {name}。</translation>
    </message>
    <message>
        <source>{part} of {size} here</source>
        <translation>已有 {part}，共 {size}</translation>
    </message>
    <message>
        <source>{path} cannot be deleted: {strerror}.</source>
        <translation>无法删除 {path}：{strerror}。</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}).</source>
        <translation>无法读取 {path}（{reason}）。</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}).</source>
        <translation>无法写入 {path}（{reason}）。</translation>
    </message>
    <message>
        <source>{path} cannot be written ({why}).</source>
        <translation>无法写入 {path}（{why}）。</translation>
    </message>
    <message>
        <source>{path} has no caption yet.</source>
        <translation>{path} 还没有说明。</translation>
    </message>
    <message>
        <source>{path} is a folder.</source>
        <translation>{path} 是文件夹。</translation>
    </message>
    <message>
        <source>{path} is no catalog of BlipDesk.</source>
        <translation>{path} 不是 BlipDesk 的目录库。</translation>
    </message>
    <message>
        <source>{path} is no name for a heat map.</source>
        <translation>{path} 不能用作热图名称。</translation>
    </message>
    <message>
        <source>{path} is not a photo that can be taken in.</source>
        <translation>{path} 不是可以收录的照片。</translation>
    </message>
    <message>
        <source>{path} is not a watched folder.</source>
        <translation>{path} 不是受监视的文件夹。</translation>
    </message>
    <message>
        <source>{path} is there already and is no heat map: it stays.</source>
        <translation>{path} 已存在且不是热图：保持不变。</translation>
    </message>
    <message>
        <source>{path} is {what}, so it is not opened.</source>
        <translation>{path} 是 {what}，因此不打开。</translation>
    </message>
    <message>
        <source>{path} lies in the cloud and not on this computer.</source>
        <translation>{path} 在云端，不在这台电脑上。</translation>
    </message>
    <message>
        <source>{percent} % match</source>
        <translation>吻合度 {percent} %</translation>
    </message>
    <message>
        <source>{period} of any year</source>
        <translation>每年的 {period}</translation>
    </message>
    <message>
        <source>{photos} found by {query}</source>
        <translation>{query}找到的 {photos}</translation>
    </message>
    <message>
        <source>{photos} written to {name}</source>
        <translation>已将 {photos}写入 {name}</translation>
    </message>
    <message>
        <source>{photos} {taken}</source>
        <translation>{photos}{taken}</translation>
    </message>
    <message>
        <source>{place} as well as {others}</source>
        <translation>{place} 以及 {others}</translation>
    </message>
    <message>
        <source>{place} cannot be used: {reason}.</source>
        <translation>无法使用 {place}：{reason}。</translation>
    </message>
    <message>
        <source>{place} cannot be written: {strerror}.</source>
        <translation>无法写入 {place}：{strerror}。</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} / {count}</translation>
    </message>
    <message>
        <source>{place} takes no file that large (as with the FAT file system or a quota).</source>
        <translation>{place} 不支持这么大的文件（例如 FAT 文件系统或配额限制）。</translation>
    </message>
    <message>
        <source>{problem}: trying again in {seconds} s.</source>
        <translation>{problem}：{seconds} 秒后重试。</translation>
    </message>
    <message>
        <source>{question} – {answer}</source>
        <translation>{question} – {answer}</translation>
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
        <source>{reason}, and besides {other}</source>
        <translation>{reason}，而且 {other}</translation>
    </message>
    <message>
        <source>{repo} holds no checkpoint (no config.json, or no weights that can be loaded).</source>
        <translation>{repo} 中没有检查点（没有 config.json，或没有可加载的权重）。</translation>
    </message>
    <message>
        <source>{repo} is given only to people who have agreed to its terms.</source>
        <translation>{repo} 仅提供给已同意其条款的人。</translation>
    </message>
    <message>
        <source>{repo} is incomplete at the hub: {name} names weights that are not there.</source>
        <translation>{repo} 在中心站不完整：{name} 指向的权重不存在。</translation>
    </message>
    <message>
        <source>{room} for {changes}</source>
        <translation>{changes}占用 {room}</translation>
    </message>
    <message>
        <source>{score} of 1</source>
        <translation>{score} / 1</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{sentence}.</source>
        <translation>{sentence}。</translation>
    </message>
    <message>
        <source>{size} become free. {again} Captions that it wrote stay.</source>
        <translation>将释放 {size}。{again}它撰写的说明会保留。</translation>
    </message>
    <message>
        <source>{source} · captioning again</source>
        <translation>{source} · 正在重新生成说明</translation>
    </message>
    <message>
        <source>{source}. Delete removes it.</source>
        <translation>{source}。按 Delete 移除。</translation>
    </message>
    <message>
        <source>{tag} added to {n} photo</source>
        <translation>已将{tag}添加到 {n} 张照片</translation>
    </message>
    <message>
        <source>{tag} added to {n} photos</source>
        <translation>已将{tag}添加到 {n} 张照片</translation>
    </message>
    <message>
        <source>{tag} taken off {n} photo</source>
        <translation>已从 {n} 张照片移除{tag}</translation>
    </message>
    <message>
        <source>{tag} taken off {n} photos</source>
        <translation>已从 {n} 张照片移除{tag}</translation>
    </message>
    <message>
        <source>{target} carries permissions or attributes that could not be kept.</source>
        <translation>{target} 带有无法保留的权限或属性。</translation>
    </message>
    <message>
        <source>{target} was changed by another program meanwhile.</source>
        <translation>{target} 在此期间被其他程序更改。</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>{title} is part of the program and stays.</source>
        <translation>{title} 是程序的一部分，会保留。</translation>
    </message>
    <message>
        <source>{value} is no choice for: {label}.</source>
        <translation>{value} 不是“{label}”的选项。</translation>
    </message>
    <message>
        <source>{value} is not a value of {label}.</source>
        <translation>{value} 不是“{label}”的有效值。</translation>
    </message>
    <message>
        <source>{wanted} is no device.</source>
        <translation>{wanted} 不是设备。</translation>
    </message>
    <message>
        <source>{wanted} is no precision.</source>
        <translation>{wanted} 不是精度。</translation>
    </message>
    <message>
        <source>{what} needs {needed} more; the disk of {parent} has {free} free (and {margin} of it have to stay so).</source>
        <translation>{what}还需要 {needed}；{parent} 的磁盘可用 {free}（其中 {margin} 必须保留）。</translation>
    </message>
    <message>
        <source>{words} Not on this computer yet.</source>
        <translation>{words}尚未在这台电脑上。</translation>
    </message>
    <message>
        <source>{words} {done} of {total}</source>
        <translation>{words} {done} / {total}</translation>
    </message>
    <message>
        <source>{words}, the oldest from {time}</source>
        <translation>{words}，最早的：{time}</translation>
    </message>
    <message>
        <source>{words}.</source>
        <translation>{words}。</translation>
    </message>
    <message>
        <source>{words}: {done} of {total}</source>
        <translation>{words}：{done} / {total}</translation>
    </message>
    <message>
        <source>{word} needs a term {place}; in small letters it is a word.</source>
        <translation>{word} 的{place}需要有词；小写则作为普通词。</translation>
    </message>
    <message>
        <source>{word}: {place}</source>
        <translation>{word}：{place}</translation>
    </message>
    <message>
        <source>{word}: {place}, but the caption may not fit the photo</source>
        <translation>{word}：{place}（但说明可能与照片不符）</translation>
    </message>
    <message>
        <source>“{caption}”</source>
        <translation>“{caption}”</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>“{words}”</translation>
    </message>
    <message>
        <source>“{words}” fits to {share} %</source>
        <translation>“{words}”吻合度为 {share} %</translation>
    </message>
</context>
</TS>
