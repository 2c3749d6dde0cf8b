<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source> or </source>
        <translation> または </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>--length-penalty compares the captions of a search.</source>
        <translation>--length-penalty は探索したキャプションを比較するものです。</translation>
    </message>
    <message>
        <source>--top-p and --temperature are for drawing words at random.</source>
        <translation>--top-p と --temperature は語を無作為に選ぶときのものです。</translation>
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
        <translation>3 以上</translation>
    </message>
    <message>
        <source>4 GB</source>
        <translation>4 GB</translation>
    </message>
    <message>
        <source>4 or more</source>
        <translation>4 以上</translation>
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
        <translation>SOCKS プロキシが設定されていますが、使えません。</translation>
    </message>
    <message>
        <source>A caption cannot have at least {min_new_tokens} tokens and at most {max_new_tokens}.</source>
        <translation>キャプションを {min_new_tokens} トークン以上 {max_new_tokens} トークン以下にすることはできません。</translation>
    </message>
    <message>
        <source>A caption or keywords that you changed here.</source>
        <translation>ここで変更したキャプションまたはタグ。</translation>
    </message>
    <message>
        <source>A caption.</source>
        <translation>キャプション。</translation>
    </message>
    <message>
        <source>A closed question needs at least two choices.</source>
        <translation>選択式の質問には少なくとも 2 つの選択肢が必要です。</translation>
    </message>
    <message>
        <source>A folder is not connected any more</source>
        <translation>フォルダーの接続が切れました</translation>
    </message>
    <message>
        <source>A keyword needs at least one letter.</source>
        <translation>タグには少なくとも 1 文字が必要です。</translation>
    </message>
    <message>
        <source>A link; it is looked at by the next scan.</source>
        <translation>リンクです。次にフォルダーを調べるときに確認します。</translation>
    </message>
    <message>
        <source>A little like {name}</source>
        <translation>{name} に少し似ている</translation>
    </message>
    <message>
        <source>A metadata file beside it.</source>
        <translation>写真の横のメタデータファイル。</translation>
    </message>
    <message>
        <source>A part of the metadata was not read: {problem}.</source>
        <translation>メタデータの一部を読み取れませんでした: {problem}。</translation>
    </message>
    <message>
        <source>A part of the sentence model is damaged ({why}): search finds by words alone.</source>
        <translation>文章モデルの一部が壊れています（{why}）。検索は語だけで行います。</translation>
    </message>
    <message>
        <source>A person&apos;s caption is known; {done}.</source>
        <translation>人のキャプションがあります。{done}。</translation>
    </message>
    <message>
        <source>A person&apos;s caption may stand in {place}, which could not be understood.</source>
        <translation>人のキャプションが {place} にあるかもしれませんが、解釈できませんでした。</translation>
    </message>
    <message>
        <source>A person&apos;s caption stands in {place}; {done}.</source>
        <translation>人のキャプションが {place} にあります。{done}。</translation>
    </message>
    <message>
        <source>A person&apos;s caption stands in {place}; {done}; undo brings it back.</source>
        <translation>人のキャプションが {place} にあります。{done}。取り消すと元に戻ります。</translation>
    </message>
    <message>
        <source>A photo that gets a caption keeps the date of its file</source>
        <translation>キャプションを書き込んだ写真のファイル日時を保つ</translation>
    </message>
    <message>
        <source>A place, written by the camera.</source>
        <translation>カメラが記録した場所。</translation>
    </message>
    <message>
        <source>A program&apos;s own data stand in {place}.</source>
        <translation>{place} にプログラム独自のデータがあります。</translation>
    </message>
    <message>
        <source>A proxy or firewall may forbid it.</source>
        <translation>プロキシやファイアウォールが禁止している可能性があります。</translation>
    </message>
    <message>
        <source>A question that was asked about it.</source>
        <translation>その写真について尋ねた質問。</translation>
    </message>
    <message>
        <source>ASK ABOUT THIS PHOTO</source>
        <translation>この写真について質問</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>アクティビティ</translation>
    </message>
    <message>
        <source>Add --num-beams.</source>
        <translation>--num-beams を付けてください。</translation>
    </message>
    <message>
        <source>Add --sample.</source>
        <translation>--sample を付けてください。</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>フォルダーを追加</translation>
    </message>
    <message>
        <source>Add a folder (Ctrl+O)</source>
        <translation>フォルダーを追加 (Ctrl+O)</translation>
    </message>
    <message>
        <source>Add a folder with photos</source>
        <translation>写真のフォルダーを追加</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>フォルダーを追加…</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>タグを追加</translation>
    </message>
    <message>
        <source>Add another folder</source>
        <translation>別のフォルダーを追加</translation>
    </message>
    <message>
        <source>Add as a comment: the caption goes into the comment field that Windows shows, where that is free.</source>
        <translation>コメントとして追加: Windows に表示されるコメント欄が空いていれば、そこにキャプションを入れます。</translation>
    </message>
    <message>
        <source>Add as tag</source>
        <translation>タグとして追加</translation>
    </message>
    <message>
        <source>Add below: the caption goes into a line of its own below the person&apos;s.</source>
        <translation>下に追加: 元のキャプションの下に、独立した行として入れます。</translation>
    </message>
    <message>
        <source>Add comments to photos that people captioned?</source>
        <translation>人がキャプションを付けた写真にコメントを追加しますか？</translation>
    </message>
    <message>
        <source>Add filter</source>
        <translation>フィルターを追加</translation>
    </message>
    <message>
        <source>Add it again.</source>
        <translation>もう一度追加してください。</translation>
    </message>
    <message>
        <source>Add it in the settings of your system instead.</source>
        <translation>代わりにシステムの設定で追加してください。</translation>
    </message>
    <message>
        <source>Add tag</source>
        <translation>タグを追加</translation>
    </message>
    <message>
        <source>Add tags</source>
        <translation>タグを追加</translation>
    </message>
    <message>
        <source>Add tags…</source>
        <translation>タグを追加…</translation>
    </message>
    <message>
        <source>Add this answer as a tag</source>
        <translation>この回答をタグとして追加</translation>
    </message>
    <message>
        <source>Add to captions that people wrote?</source>
        <translation>人が書いたキャプションに追加しますか？</translation>
    </message>
    <message>
        <source>Add to the favourites</source>
        <translation>お気に入りに追加</translation>
    </message>
    <message>
        <source>Add to the favourites (F)</source>
        <translation>お気に入りに追加 (F)</translation>
    </message>
    <message>
        <source>Added by you</source>
        <translation>自分で追加</translation>
    </message>
    <message>
        <source>Added to the favourites</source>
        <translation>お気に入りに追加しました</translation>
    </message>
    <message>
        <source>Adding tags</source>
        <translation>タグを追加しています</translation>
    </message>
    <message>
        <source>Adding {tag}</source>
        <translation>{tag}を追加しています</translation>
    </message>
    <message>
        <source>After 1 minute</source>
        <translation>1 分後</translation>
    </message>
    <message>
        <source>After 10 minutes</source>
        <translation>10 分後</translation>
    </message>
    <message>
        <source>After 30 minutes</source>
        <translation>30 分後</translation>
    </message>
    <message>
        <source>After 5 minutes</source>
        <translation>5 分後</translation>
    </message>
    <message>
        <source>After an hour</source>
        <translation>1 時間後</translation>
    </message>
    <message>
        <source>After so long without work the models are unloaded; they come back by themselves.</source>
        <translation>この時間作業がないと、モデルをメモリーから解放します。必要になれば自動で読み込みます。</translation>
    </message>
    <message>
        <source>Agree to them at https://{host}/{repo}, make a token there, set HF_TOKEN to it, and try again.</source>
        <translation>https://{host}/{repo} で同意し、そこでトークンを作成して HF_TOKEN に設定し、再試行してください。</translation>
    </message>
    <message>
        <source>All decided</source>
        <translation>すべて決定しました</translation>
    </message>
    <message>
        <source>All is here: trying it on a picture…</source>
        <translation>すべてそろいました。画像で試しています…</translation>
    </message>
    <message>
        <source>All its photos follow. Later captions use the new name too; this can be taken back.</source>
        <translation>そのタグの写真すべてに反映されます。以後のキャプションでも新しい名前を使います。元に戻せます。</translation>
    </message>
    <message>
        <source>All its photos get the other tag instead. Later captions get it too; this can be taken back.</source>
        <translation>そのタグの写真すべてに、代わりにもう一方のタグが付きます。以後のキャプションも同様です。元に戻せます。</translation>
    </message>
    <message>
        <source>All of them have it</source>
        <translation>すべての写真に付いています</translation>
    </message>
    <message>
        <source>All of them have these tags already</source>
        <translation>これらのタグはすでにすべての写真に付いています</translation>
    </message>
    <message>
        <source>All of them have {tag} already</source>
        <translation>{tag}はすでにすべての写真に付いています</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>すべての写真</translation>
    </message>
    <message>
        <source>All photos are captioned</source>
        <translation>すべての写真にキャプションが付いています</translation>
    </message>
    <message>
        <source>All questions</source>
        <translation>すべての質問</translation>
    </message>
    <message>
        <source>Allow your user account to read and write it.</source>
        <translation>あなたのユーザーアカウントに読み書きを許可してください。</translation>
    </message>
    <message>
        <source>Allow your user account to read it.</source>
        <translation>あなたのユーザーアカウントに読み取りを許可してください。</translation>
    </message>
    <message>
        <source>Allow your user account to write its folder.</source>
        <translation>あなたのユーザーアカウントにそのフォルダーへの書き込みを許可してください。</translation>
    </message>
    <message>
        <source>Allow your user account to write there, or choose another one with --data-dir.</source>
        <translation>あなたのユーザーアカウントに書き込みを許可するか、--data-dir で別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>An earlier download of this model has not ended yet.</source>
        <translation>このモデルの以前のダウンロードがまだ終わっていません。</translation>
    </message>
    <message>
        <source>An empty path names nothing.</source>
        <translation>空のパスは何も指しません。</translation>
    </message>
    <message>
        <source>Another caption</source>
        <translation>別のキャプション</translation>
    </message>
    <message>
        <source>Another photo shows the very same picture.</source>
        <translation>まったく同じ画像の写真がほかにあるもの。</translation>
    </message>
    <message>
        <source>Another program changed it between run {first} and run {last}: it goes back to what that one left, no further.</source>
        <translation>実行 {first} と実行 {last} の間に別のプログラムが変更しました。そのプログラムが残した状態まで戻り、それより前には戻りません。</translation>
    </message>
    <message>
        <source>Another program has written into it since: it was left as it is.</source>
        <translation>その後に別のプログラムが書き込んでいるため、そのままにしました。</translation>
    </message>
    <message>
        <source>Another program&apos;s lists go on holding what was taken off: {keywords} and {count} more.</source>
        <translation>外したタグが別のプログラムの一覧に残っています: {keywords} ほか {count} 個。</translation>
    </message>
    <message>
        <source>Another program&apos;s lists go on holding what was taken off: {keywords}.</source>
        <translation>外したタグが別のプログラムの一覧に残っています: {keywords}。</translation>
    </message>
    <message>
        <source>Answer with yes or no only</source>
        <translation>はい・いいえだけで回答</translation>
    </message>
    <message>
        <source>Answer: {answer}</source>
        <translation>回答: {answer}</translation>
    </message>
    <message>
        <source>Answered without {n} earlier question: the model takes no more at a time.</source>
        <translation>以前の質問 {n} 件を除いて回答しました。モデルが一度に扱える量を超えています。</translation>
    </message>
    <message>
        <source>Answered without {n} earlier questions: the model takes no more at a time.</source>
        <translation>以前の質問 {n} 件を除いて回答しました。モデルが一度に扱える量を超えています。</translation>
    </message>
    <message>
        <source>Answering model</source>
        <translation>回答モデル</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Answers to choose from</source>
        <translation>選択肢となる答え</translation>
    </message>
    <message>
        <source>Any word that begins so: dogs, doghouse. The last word needs no star while it is typed.</source>
        <translation>その文字で始まる語（dogs、doghouse など）。入力中の最後の語に星印は不要です。</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外観</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <translation>Apple GPU</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>適用</translation>
    </message>
    <message>
        <source>Arrow keys go through the dates, with Shift over several; Enter shows their photos, Delete shows all again</source>
        <translation>矢印キーで日付を移動し、Shift を押しながらで複数を選択します。Enter で写真を表示、Delete ですべてを再表示します</translation>
    </message>
    <message>
        <source>Arrow keys go to other photos, Escape closes</source>
        <translation>矢印キーでほかの写真へ、Escape で閉じます</translation>
    </message>
    <message>
        <source>Arrow keys open and close folders, Enter shows their photos</source>
        <translation>矢印キーでフォルダーを開閉、Enter で写真を表示</translation>
    </message>
    <message>
        <source>As 7B, and knows more.</source>
        <translation>7B と同じで、より多くのことを知っています。</translation>
    </message>
    <message>
        <source>As XL, and knows more.</source>
        <translation>XL と同じで、より多くのことを知っています。</translation>
    </message>
    <message>
        <source>As base, a little surer, three times slower.</source>
        <translation>base と同じで、少し確実ですが、3 倍遅くなります。</translation>
    </message>
    <message>
        <source>As base, trained on filtered captions: better answers.</source>
        <translation>base と同じで、選別したキャプションで学習済み。よりよい回答をします。</translation>
    </message>
    <message>
        <source>As base, tuned on photos of people and what they do.</source>
        <translation>base と同じで、人とその行動の写真に合わせて調整されています。</translation>
    </message>
    <message>
        <source>As blip2-itm-vit-g, tuned on COCO.</source>
        <translation>blip2-itm-vit-g と同じで、COCO に合わせて調整されています。</translation>
    </message>
    <message>
        <source>As it was before</source>
        <translation>以前の状態に戻りました</translation>
    </message>
    <message>
        <source>As large, tuned on photos of people and what they do.</source>
        <translation>large と同じで、人とその行動の写真に合わせて調整されています。</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>Ask (Enter)</source>
        <translation>質問 (Enter)</translation>
    </message>
    <message>
        <source>Ask a question</source>
        <translation>質問する</translation>
    </message>
    <message>
        <source>Ask about this photo</source>
        <translation>この写真について質問</translation>
    </message>
    <message>
        <source>Ask about this photo…</source>
        <translation>この写真について英語で質問…</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>もう一度質問</translation>
    </message>
    <message>
        <source>Ask again where this model has answered before</source>
        <translation>このモデルがすでに回答したものにも再び質問</translation>
    </message>
    <message>
        <source>Ask all of them…</source>
        <translation>すべてに質問…</translation>
    </message>
    <message>
        <source>Ask in other words, or try another model.</source>
        <translation>別の言い方で質問するか、別のモデルを試してください。</translation>
    </message>
    <message>
        <source>Ask it in other words.</source>
        <translation>別の言葉で質問してください。</translation>
    </message>
    <message>
        <source>Ask it in {most} at most: a model may hear no more.</source>
        <translation>{most} 文字以内で質問してください。モデルはそれ以上受け取れません。</translation>
    </message>
    <message>
        <source>Ask many photos</source>
        <translation>多数の写真に質問</translation>
    </message>
    <message>
        <source>Ask these again</source>
        <translation>これらをもう一度質問</translation>
    </message>
    <message>
        <source>Ask this question again</source>
        <translation>この質問をもう一度する</translation>
    </message>
    <message>
        <source>Ask {photos}</source>
        <translation>{photos}に質問</translation>
    </message>
    <message>
        <source>Ask: {question}</source>
        <translation>質問: {question}</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>Asked earlier</source>
        <translation>以前の質問</translation>
    </message>
    <message>
        <source>Asking for it…</source>
        <translation>要求しています…</translation>
    </message>
    <message>
        <source>Asking: {done} of {total}</source>
        <translation>質問中: {done} / {total}</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>BLIP captioning, base</source>
        <translation>BLIP キャプション（base）</translation>
    </message>
    <message>
        <source>BLIP captioning, large</source>
        <translation>BLIP キャプション（large）</translation>
    </message>
    <message>
        <source>BLIP matching, base</source>
        <translation>BLIP 照合（base）</translation>
    </message>
    <message>
        <source>BLIP matching, base (Flickr)</source>
        <translation>BLIP 照合（base、Flickr）</translation>
    </message>
    <message>
        <source>BLIP matching, large</source>
        <translation>BLIP 照合（large）</translation>
    </message>
    <message>
        <source>BLIP matching, large (Flickr)</source>
        <translation>BLIP 照合（large、Flickr）</translation>
    </message>
    <message>
        <source>BLIP question answering, CapFilt</source>
        <translation>BLIP 質問応答（CapFilt）</translation>
    </message>
    <message>
        <source>BLIP question answering, base</source>
        <translation>BLIP 質問応答（base）</translation>
    </message>
    <message>
        <source>BLIP-2 matching</source>
        <translation>BLIP-2 照合</translation>
    </message>
    <message>
        <source>BLIP-2 matching, COCO</source>
        <translation>BLIP-2 照合（COCO）</translation>
    </message>
    <message>
        <source>BLIP-2 with Flan-T5 XL</source>
        <translation>BLIP-2（Flan-T5 XL）</translation>
    </message>
    <message>
        <source>BLIP-2 with Flan-T5 XL, COCO</source>
        <translation>BLIP-2（Flan-T5 XL、COCO）</translation>
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
        <translation>BLIP-2（OPT 2.7B、COCO）</translation>
    </message>
    <message>
        <source>BLIP-2 with OPT 6.7B</source>
        <translation>BLIP-2（OPT 6.7B）</translation>
    </message>
    <message>
        <source>BLIP-2 with OPT 6.7B, COCO</source>
        <translation>BLIP-2（OPT 6.7B、COCO）</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Back from them</source>
        <translation>元の表示に戻る</translation>
    </message>
    <message>
        <source>Back to what it was</source>
        <translation>元の値に戻す</translation>
    </message>
    <message>
        <source>Back to: {value}</source>
        <translation>戻す: {value}</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>バックグラウンド</translation>
    </message>
    <message>
        <source>Becomes as it was before</source>
        <translation>以前の状態に戻ります</translation>
    </message>
    <message>
        <source>Begin without waiting</source>
        <translation>待たずに始める</translation>
    </message>
    <message>
        <source>Being captioned…</source>
        <translation>キャプションを作成中…</translation>
    </message>
    <message>
        <source>Beside the photo</source>
        <translation>写真の横へ</translation>
    </message>
    <message>
        <source>Beside the photos</source>
        <translation>写真の横へ</translation>
    </message>
    <message>
        <source>Best match</source>
        <translation>一致度順</translation>
    </message>
    <message>
        <source>BlipDesk</source>
        <translation>BlipDesk</translation>
    </message>
    <message>
        <source>BlipDesk always keeps them itself. Every change to a photo file can be taken back.</source>
        <translation>BlipDesk 自体には常に保存されます。写真ファイルへの変更はすべて元に戻せます。</translation>
    </message>
    <message>
        <source>BlipDesk cannot be started with the computer: {reason}.</source>
        <translation>BlipDesk をコンピューターとともに起動できません: {reason}。</translation>
    </message>
    <message>
        <source>BlipDesk captions every photo on this computer and makes it searchable. Nothing is uploaded, and your files stay as they are.</source>
        <translation>BlipDesk はこのコンピューター上ですべての写真にキャプションを付け、検索できるようにします。何もアップロードされず、ファイルはそのままです。</translation>
    </message>
    <message>
        <source>BlipDesk did not write into this file: it came with what it holds, as a copy of a photo does that BlipDesk had written into. What stood there before is not known.</source>
        <translation>BlipDesk はこのファイルに書き込んでいません。BlipDesk が書き込んだ写真のコピーのように、初めからこの内容でした。以前の内容は分かりません。</translation>
    </message>
    <message>
        <source>BlipDesk failed on this photo ({name}).</source>
        <translation>BlipDesk がこの写真で失敗しました（{name}）。</translation>
    </message>
    <message>
        <source>BlipDesk has written nothing into these files, or it was taken back already.</source>
        <translation>BlipDesk はこれらのファイルに何も書き込んでいないか、すでに元に戻されています。</translation>
    </message>
    <message>
        <source>BlipDesk has written nothing there</source>
        <translation>BlipDesk はそこに何も書き込んでいません</translation>
    </message>
    <message>
        <source>BlipDesk is closing</source>
        <translation>BlipDesk を終了しています</translation>
    </message>
    <message>
        <source>BlipDesk is closing.</source>
        <translation>BlipDesk を終了しています。</translation>
    </message>
    <message>
        <source>BlipDesk is open already; its window is in front now.</source>
        <translation>BlipDesk はすでに開いています。ウィンドウを前面に出しました。</translation>
    </message>
    <message>
        <source>BlipDesk is paused.</source>
        <translation>BlipDesk は一時停止中です。</translation>
    </message>
    <message>
        <source>BlipDesk is paused: it goes on with the captions</source>
        <translation>BlipDesk は一時停止中です。キャプションの作成とともに再開します</translation>
    </message>
    <message>
        <source>BlipDesk loads it anew by itself; give a command again.</source>
        <translation>BlipDesk が自動で読み込み直します。もう一度試してください。</translation>
    </message>
    <message>
        <source>BlipDesk looks through the folder and everything inside it, and notices new photos by itself. Nothing is moved or renamed.</source>
        <translation>BlipDesk はフォルダーとその中のすべてを調べ、新しい写真を自動で見つけます。移動や名前の変更はしません。</translation>
    </message>
    <message>
        <source>BlipDesk looks through these folders and notices new photos.</source>
        <translation>BlipDesk はこれらのフォルダーを調べ、新しい写真を見つけます。</translation>
    </message>
    <message>
        <source>BlipDesk ran into a problem</source>
        <translation>BlipDesk で問題が発生しました</translation>
    </message>
    <message>
        <source>BlipDesk starts in the tray when you log in, and captions what is new.</source>
        <translation>ログインするとトレイで起動し、新しい写真にキャプションを付けます。</translation>
    </message>
    <message>
        <source>BlipDesk stays in the system tray, where it can be opened and quit. Where there is no tray, closing the window quits.</source>
        <translation>BlipDesk はシステムトレイに残り、そこから開いたり終了したりできます。トレイがない場合は、ウィンドウを閉じると終了します。</translation>
    </message>
    <message>
        <source>BlipDesk was closed before this was answered.</source>
        <translation>回答の前に BlipDesk が閉じられました。</translation>
    </message>
    <message>
        <source>BlipDesk was ended while it wrote this file, and another program has changed the file since: it was left as it is, and what stood there before is kept.</source>
        <translation>このファイルの書き込み中に BlipDesk が終了し、その後に別のプログラムがファイルを変更しました。ファイルはそのままにし、以前の内容は保管してあります。</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>日別</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>フォルダー別</translation>
    </message>
    <message>
        <source>By month</source>
        <translation>月別</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>名前順</translation>
    </message>
    <message>
        <source>CHOOSE A CAPTION</source>
        <translation>キャプションを選択</translation>
    </message>
    <message>
        <source>COULD NOT BE READ · {count}</source>
        <translation>読み取れなかった写真 · {count}</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>カメラ</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>カメラ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>キャプション</translation>
    </message>
    <message>
        <source>Caption again</source>
        <translation>もう一度キャプションを作成</translation>
    </message>
    <message>
        <source>Caption again with the model</source>
        <translation>モデルでもう一度キャプションを作成</translation>
    </message>
    <message>
        <source>Caption anew</source>
        <translation>新しく作成</translation>
    </message>
    <message>
        <source>Caption begins with</source>
        <translation>キャプションの書き出し</translation>
    </message>
    <message>
        <source>Caption by</source>
        <translation>キャプションの作成者</translation>
    </message>
    <message>
        <source>Caption confirmed</source>
        <translation>キャプションを確認しました</translation>
    </message>
    <message>
        <source>Caption copied</source>
        <translation>キャプションをコピーしました</translation>
    </message>
    <message>
        <source>Caption fits</source>
        <translation>キャプションの一致度</translation>
    </message>
    <message>
        <source>Caption only on mains power</source>
        <translation>電源接続時のみキャプションを作成</translation>
    </message>
    <message>
        <source>Caption only when the computer is idle</source>
        <translation>コンピューターがアイドル状態のときのみキャプションを作成</translation>
    </message>
    <message>
        <source>Caption saved</source>
        <translation>キャプションを保存しました</translation>
    </message>
    <message>
        <source>Caption the selected photos again</source>
        <translation>選択した写真のキャプションをもう一度作成</translation>
    </message>
    <message>
        <source>Caption this folder first</source>
        <translation>このフォルダーを先に処理</translation>
    </message>
    <message>
        <source>Caption written</source>
        <translation>書き込まれたキャプション</translation>
    </message>
    <message>
        <source>Caption {folder} first</source>
        <translation>{folder} を先に処理</translation>
    </message>
    <message>
        <source>Caption {words} again?</source>
        <translation>{words}のキャプションを作り直しますか？</translation>
    </message>
    <message>
        <source>Captioning</source>
        <translation>作成中</translation>
    </message>
    <message>
        <source>Captioning again did not work.</source>
        <translation>キャプションを作り直せませんでした。</translation>
    </message>
    <message>
        <source>Captioning again keeps your own captions.</source>
        <translation>自分で書いたキャプションは残ります。</translation>
    </message>
    <message>
        <source>Captioning begins after these first steps</source>
        <translation>この初期設定が終わるとキャプションの作成が始まります</translation>
    </message>
    <message>
        <source>Captioning is done</source>
        <translation>キャプションの作成が完了しました</translation>
    </message>
    <message>
        <source>Captioning model</source>
        <translation>キャプションモデル</translation>
    </message>
    <message>
        <source>Captioning stopped through a fault in BlipDesk ({name}).</source>
        <translation>BlipDesk の不具合でキャプションの作成が停止しました（{name}）。</translation>
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
        <source>Captions</source>
        <translation>キャプション</translation>
    </message>
    <message>
        <source>Captions for your photos, made on this computer. Nothing is uploaded.</source>
        <translation>写真のキャプションを、このコンピューター上で作成します。何もアップロードされません。</translation>
    </message>
    <message>
        <source>Captions go inside HEIC and AVIF photos as well</source>
        <translation>HEIC と AVIF の写真の中にもキャプションを書き込む</translation>
    </message>
    <message>
        <source>Captions stay in BlipDesk: choose above where else they go.</source>
        <translation>キャプションは BlipDesk に残ります。ほかの保存先は上で選べます。</translation>
    </message>
    <message>
        <source>Captions stay in the catalog.</source>
        <translation>キャプションはカタログに残ります。</translation>
    </message>
    <message>
        <source>Captions taken back</source>
        <translation>キャプションを元に戻しました</translation>
    </message>
    <message>
        <source>Captions that a model wrote.</source>
        <translation>モデルが書いたキャプション。</translation>
    </message>
    <message>
        <source>Captions that may not fit their photo are listed here, until you change or confirm them.</source>
        <translation>写真に合っていないかもしれないキャプションが、変更または確認するまでここに一覧表示されます。</translation>
    </message>
    <message>
        <source>Captions that stood in the file.</source>
        <translation>ファイルにあったキャプション。</translation>
    </message>
    <message>
        <source>Captions that were typed here.</source>
        <translation>ここで入力されたキャプション。</translation>
    </message>
    <message>
        <source>Captions to choose from</source>
        <translation>候補にするキャプションの数</translation>
    </message>
    <message>
        <source>Captions written beside photos</source>
        <translation>キャプションを写真の横に書き込みました</translation>
    </message>
    <message>
        <source>Captions written into photos</source>
        <translation>キャプションを写真に書き込みました</translation>
    </message>
    <message>
        <source>Captions, answers and chat; knows more than 2.7B.</source>
        <translation>キャプション、回答、チャット。2.7B より多くのことを知っています。</translation>
    </message>
    <message>
        <source>Captions, answers and chat; the smallest BLIP-2.</source>
        <translation>キャプション、回答、チャット。最も小さい BLIP-2 です。</translation>
    </message>
    <message>
        <source>Captions, tags and stars stay in BlipDesk.</source>
        <translation>キャプション、タグ、評価は BlipDesk に残ります。</translation>
    </message>
    <message>
        <source>Change or take off: {name}</source>
        <translation>変更または解除: {name}</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>更新日時</translation>
    </message>
    <message>
        <source>Changes are kept at once.</source>
        <translation>変更はすぐに保存されます。</translation>
    </message>
    <message>
        <source>Changes to photos</source>
        <translation>写真への変更</translation>
    </message>
    <message>
        <source>Changes to photos…</source>
        <translation>写真への変更…</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>検査</translation>
    </message>
    <message>
        <source>Check HF_ENDPOINT, or try again later.</source>
        <translation>HF_ENDPOINT を確認するか、後でもう一度試してください。</translation>
    </message>
    <message>
        <source>Check its drive, then try again.</source>
        <translation>ドライブを確認してから、再試行してください。</translation>
    </message>
    <message>
        <source>Check the computer&apos;s clock; behind a company&apos;s proxy, set SSL_CERT_FILE to its certificate.</source>
        <translation>コンピューターの時計を確認してください。会社のプロキシを使う場合は、SSL_CERT_FILE にその証明書を設定してください。</translation>
    </message>
    <message>
        <source>Check the connection. {kept}</source>
        <translation>接続を確認してください。{kept}</translation>
    </message>
    <message>
        <source>Check the disk, then start BlipDesk again.</source>
        <translation>ディスクを確認してから、BlipDesk を起動し直してください。</translation>
    </message>
    <message>
        <source>Check the disk.</source>
        <translation>ディスクを確認してください。</translation>
    </message>
    <message>
        <source>Check the drive and its cable; the photo is tried again at the next start.</source>
        <translation>ドライブとケーブルを確認してください。写真は次の起動時に再試行されます。</translation>
    </message>
    <message>
        <source>Check the drive that it comes from, and the space on this one.</source>
        <translation>元のドライブと、こちらのドライブの空きを確認してください。</translation>
    </message>
    <message>
        <source>Check the path, or add its folder first.</source>
        <translation>パスを確認するか、先にフォルダーを追加してください。</translation>
    </message>
    <message>
        <source>Check the spelling, or that its drive is connected.</source>
        <translation>つづりと、ドライブが接続されていることを確認してください。</translation>
    </message>
    <message>
        <source>Check the spelling.</source>
        <translation>つづりを確認してください。</translation>
    </message>
    <message>
        <source>Check this caption</source>
        <translation>このキャプションを確認</translation>
    </message>
    <message>
        <source>Checking and copying the model…</source>
        <translation>モデルを確認してコピーしています…</translation>
    </message>
    <message>
        <source>Checking model</source>
        <translation>確認モデル</translation>
    </message>
    <message>
        <source>Checking what is here already.</source>
        <translation>すでにあるものを確認しています。</translation>
    </message>
    <message>
        <source>Checking {name}.</source>
        <translation>{name} を確認しています。</translation>
    </message>
    <message>
        <source>Checkpoints that write captions, answer questions or match texts to photos work.</source>
        <translation>キャプションを書く、質問に答える、または文章と写真を照合するチェックポイントが使えます。</translation>
    </message>
    <message>
        <source>Checks captions</source>
        <translation>キャプションの確認</translation>
    </message>
    <message>
        <source>Choose Try again, or try another model.</source>
        <translation>「再試行」を選ぶか、別のモデルを試してください。</translation>
    </message>
    <message>
        <source>Choose Try again; if it happens again, please report it with the log.</source>
        <translation>「再試行」を選んでください。再び起きる場合は、ログを添えて報告してください。</translation>
    </message>
    <message>
        <source>Choose a data folder on another disk with --data-dir.</source>
        <translation>--data-dir で別のディスクのデータフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>フォルダーを選択</translation>
    </message>
    <message>
        <source>Choose a folder of photos</source>
        <translation>写真のフォルダーを選択</translation>
    </message>
    <message>
        <source>Choose a folder with photos</source>
        <translation>写真のフォルダーを選択</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>フォルダーを選択…</translation>
    </message>
    <message>
        <source>Choose a photo to read and edit its caption, tag it, and ask what is in it.</source>
        <translation>写真を選ぶと、キャプションの確認と編集、タグ付け、内容についての質問ができます。</translation>
    </message>
    <message>
        <source>Choose a smaller one.</source>
        <translation>小さなものを選んでください。</translation>
    </message>
    <message>
        <source>Choose another --data-dir.</source>
        <translation>別の --data-dir を選んでください。</translation>
    </message>
    <message>
        <source>Choose another checkpoint.</source>
        <translation>別のチェックポイントを選んでください。</translation>
    </message>
    <message>
        <source>Choose another data folder with --data-dir.</source>
        <translation>--data-dir で別のデータフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>Choose another one with --data-dir.</source>
        <translation>--data-dir で別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Choose auto or cpu.</source>
        <translation>auto か cpu を選んでください。</translation>
    </message>
    <message>
        <source>Choose auto or fp32.</source>
        <translation>auto か fp32 を選んでください。</translation>
    </message>
    <message>
        <source>Choose one that can, such as {able}.</source>
        <translation>{able} など、対応しているものを選んでください。</translation>
    </message>
    <message>
        <source>Choose the cpu device or a smaller model.</source>
        <translation>cpu デバイスか小さなモデルを選んでください。</translation>
    </message>
    <message>
        <source>Choose the folder of a model</source>
        <translation>モデルのフォルダーを選択</translation>
    </message>
    <message>
        <source>Clear earlier searches</source>
        <translation>以前の検索を消去</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>検索をクリア</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>閉じる (Esc)</translation>
    </message>
    <message>
        <source>Close BlipDesk; the next start sets it aside and names the backups.</source>
        <translation>BlipDesk を閉じてください。次の起動時に退避し、バックアップを示します。</translation>
    </message>
    <message>
        <source>Close it, or end its process.</source>
        <translation>閉じるか、そのプロセスを終了してください。</translation>
    </message>
    <message>
        <source>Close other programs if memory or disk space is short; else install BlipDesk again.</source>
        <translation>メモリーかディスクの空きが少ない場合は、ほかのプログラムを閉じてください。そうでなければ BlipDesk を入れ直してください。</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model.</source>
        <translation>ほかのプログラムを閉じるか、小さなモデルを選んでください。</translation>
    </message>
    <message>
        <source>Close other programs.</source>
        <translation>ほかのプログラムを閉じてください。</translation>
    </message>
    <message>
        <source>Close programs that hold it open, or make its folder writable.</source>
        <translation>開いているプログラムを閉じるか、フォルダーに書き込めるようにしてください。</translation>
    </message>
    <message>
        <source>Close that program and try again.</source>
        <translation>そのプログラムを閉じて、もう一度試してください。</translation>
    </message>
    <message>
        <source>Close the large view</source>
        <translation>拡大表示を閉じる</translation>
    </message>
    <message>
        <source>Close the list of captions</source>
        <translation>キャプションの一覧を閉じる</translation>
    </message>
    <message>
        <source>Close the other BlipDesk first.</source>
        <translation>先にもう一方の BlipDesk を閉じてください。</translation>
    </message>
    <message>
        <source>Close the photo pane</source>
        <translation>写真パネルを閉じる</translation>
    </message>
    <message>
        <source>Close the settings</source>
        <translation>設定を閉じる</translation>
    </message>
    <message>
        <source>Close this note</source>
        <translation>この通知を閉じる</translation>
    </message>
    <message>
        <source>Come with BlipDesk. They understand drawn scenes only, and the window says so.</source>
        <translation>BlipDesk に付属しています。描かれた情景だけを理解し、ウィンドウにもそう表示されます。</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>コメント</translation>
    </message>
    <message>
        <source>Compact list</source>
        <translation>コンパクトな一覧</translation>
    </message>
    <message>
        <source>Compare both captions</source>
        <translation>2 つのキャプションを比較</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>比較…</translation>
    </message>
    <message>
        <source>Comparing its files with their checksums, and trying it…</source>
        <translation>ファイルをチェックサムと照合し、試しています…</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>確認済み</translation>
    </message>
    <message>
        <source>Connect to the internet; {proxy_words}. {without}</source>
        <translation>インターネットに接続してください。{proxy_words}。{without}</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Continue without a folder</source>
        <translation>フォルダーなしで続ける</translation>
    </message>
    <message>
        <source>Coordinates copied</source>
        <translation>座標をコピーしました</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Copy all file details</source>
        <translation>ファイルの詳細をすべてコピー</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>回答をコピー</translation>
    </message>
    <message>
        <source>Copy caption</source>
        <translation>キャプションをコピー</translation>
    </message>
    <message>
        <source>Copy captions</source>
        <translation>キャプションをコピー</translation>
    </message>
    <message>
        <source>Copy captions (Ctrl+C)</source>
        <translation>キャプションをコピー (Ctrl+C)</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>詳細をコピー</translation>
    </message>
    <message>
        <source>Copy it again from where it came from, or delete it.</source>
        <translation>元の場所からもう一度コピーするか、削除してください。</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>パスをコピー</translation>
    </message>
    <message>
        <source>Copy paths</source>
        <translation>パスをコピー</translation>
    </message>
    <message>
        <source>Copy photo</source>
        <translation>写真をコピー</translation>
    </message>
    <message>
        <source>Copy photos</source>
        <translation>写真をコピー</translation>
    </message>
    <message>
        <source>Copy question</source>
        <translation>質問をコピー</translation>
    </message>
    <message>
        <source>Copy the captions of the selected photos</source>
        <translation>選択した写真のキャプションをコピー</translation>
    </message>
    <message>
        <source>Copy the coordinates</source>
        <translation>座標をコピー</translation>
    </message>
    <message>
        <source>Copying failed.</source>
        <translation>コピーできませんでした。</translation>
    </message>
    <message>
        <source>Could not be captioned</source>
        <translation>キャプションを付けられませんでした</translation>
    </message>
    <message>
        <source>Could not caption</source>
        <translation>キャプション不可</translation>
    </message>
    <message>
        <source>Could not read</source>
        <translation>読み取り不可</translation>
    </message>
    <message>
        <source>Counting the tags…</source>
        <translation>タグを数えています…</translation>
    </message>
    <message>
        <source>Ctrl+Enter saves, Escape takes the changes back</source>
        <translation>Ctrl+Enter で保存、Escape で変更を取り消し</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>破損</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日付</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>後で決める</translation>
    </message>
    <message>
        <source>Deciding for {count}… {note}</source>
        <translation>{count}について決定を反映中… {note}</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Delete it by hand.</source>
        <translation>手動で削除してください。</translation>
    </message>
    <message>
        <source>Delete shows it again</source>
        <translation>Delete で再び表示します</translation>
    </message>
    <message>
        <source>Delete the link or mend it.</source>
        <translation>リンクを削除するか、修復してください。</translation>
    </message>
    <message>
        <source>Delete this question</source>
        <translation>この質問を削除</translation>
    </message>
    <message>
        <source>Demo BLIP-2</source>
        <translation>デモ BLIP-2</translation>
    </message>
    <message>
        <source>Demo answerer</source>
        <translation>デモ回答モデル</translation>
    </message>
    <message>
        <source>Demo captioner</source>
        <translation>デモキャプションモデル</translation>
    </message>
    <message>
        <source>Demo model</source>
        <translation>デモモデル</translation>
    </message>
    <message>
        <source>Demo model: understands drawn scenes only.</source>
        <translation>デモモデル: 描かれた情景だけを理解します。</translation>
    </message>
    <message>
        <source>Demo models</source>
        <translation>デモモデル</translation>
    </message>
    <message>
        <source>Demo retriever</source>
        <translation>デモ照合モデル</translation>
    </message>
    <message>
        <source>Details of the problem</source>
        <translation>問題の詳細</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>デバイス</translation>
    </message>
    <message>
        <source>Devices: {devices}.</source>
        <translation>デバイス: {devices}。</translation>
    </message>
    <message>
        <source>Did you mean</source>
        <translation>もしかして</translation>
    </message>
    <message>
        <source>Did you mean {short}</source>
        <translation>もしかして {short}</translation>
    </message>
    <message>
        <source>Did you mean “{name}:”?</source>
        <translation>「{name}:」のことですか？</translation>
    </message>
    <message>
        <source>Did you mean “{query}”{count}?</source>
        <translation>もしかして「{query}」{count}？</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>大きさ</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>破棄</translation>
    </message>
    <message>
        <source>Does as it is told, in short answers; free to use.</source>
        <translation>指示どおりに短く答えます。自由に使えます。</translation>
    </message>
    <message>
        <source>Does as it is told: long descriptions, reasons, lists.</source>
        <translation>指示どおりにします: 長い説明、理由、一覧。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>完了しました。</translation>
    </message>
    <message>
        <source>Down goes to the photos, Escape clears, F1 lists the filters</source>
        <translation>↓ で写真へ移動、Escape でクリア、F1 でフィルターの一覧</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>ダウンロード</translation>
    </message>
    <message>
        <source>Download it from huggingface.co itself (unset HF_ENDPOINT), or import a folder.</source>
        <translation>huggingface.co から直接ダウンロードする（HF_ENDPOINT を解除する）か、フォルダーを取り込んでください。</translation>
    </message>
    <message>
        <source>Download it: blipdesk models download {key} (or import its folder).</source>
        <translation>{key} をダウンロードするか、そのフォルダーを取り込んでください。</translation>
    </message>
    <message>
        <source>Download {model}</source>
        <translation>{model} をダウンロード</translation>
    </message>
    <message>
        <source>Downloading…</source>
        <translation>ダウンロード中…</translation>
    </message>
    <message>
        <source>Downloads are switched off: HF_HUB_OFFLINE is set in the environment.</source>
        <translation>ダウンロードはオフになっています: 環境変数 HF_HUB_OFFLINE が設定されています。</translation>
    </message>
    <message>
        <source>Drive not connected</source>
        <translation>ドライブが接続されていません</translation>
    </message>
    <message>
        <source>Drop a folder of photos here</source>
        <translation>写真のフォルダーをここにドロップ</translation>
    </message>
    <message>
        <source>Drop a folder with photos here</source>
        <translation>写真のフォルダーをここにドロップ</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>重複</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重複</translation>
    </message>
    <message>
        <source>EXIF block</source>
        <translation>EXIF ブロック</translation>
    </message>
    <message>
        <source>EXIF blocks</source>
        <translation>EXIF ブロック</translation>
    </message>
    <message>
        <source>Each line needs a &quot;path&quot;.</source>
        <translation>各行に &quot;path&quot; が必要です。</translation>
    </message>
    <message>
        <source>Each photo gets a small .xmp file (a sidecar) beside it. The photos themselves are not touched.</source>
        <translation>各写真の横に小さな .xmp ファイル（サイドカー）が作られます。写真そのものは変更されません。</translation>
    </message>
    <message>
        <source>Each stays where it is, and you are not asked about these photos again.</source>
        <translation>どちらもそのまま残り、これらの写真については今後確認しません。</translation>
    </message>
    <message>
        <source>Each stays where it is, and you are not asked again.</source>
        <translation>どちらもそのまま残り、今後は確認しません。</translation>
    </message>
    <message>
        <source>Earlier search</source>
        <translation>以前の検索</translation>
    </message>
    <message>
        <source>Edit caption</source>
        <translation>キャプションを編集</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>編集済み</translation>
    </message>
    <message>
        <source>Elsewhere there are {n} photos.</source>
        <translation>ほかの場所には {n} 枚あります。</translation>
    </message>
    <message>
        <source>Elsewhere there is 1 photo.</source>
        <translation>ほかの場所には 1 枚あります。</translation>
    </message>
    <message>
        <source>Enter adds it, Escape closes the field</source>
        <translation>Enter で追加、Escape で欄を閉じます</translation>
    </message>
    <message>
        <source>Enter asks</source>
        <translation>Enter で質問</translation>
    </message>
    <message>
        <source>Enter asks; Escape stops the answer</source>
        <translation>Enter で質問、Escape で回答を停止</translation>
    </message>
    <message>
        <source>Enter changes it, Delete takes it off</source>
        <translation>Enter で変更、Delete で解除</translation>
    </message>
    <message>
        <source>Enter goes to the next match, Down into it</source>
        <translation>Enter で次の一致へ、↓ でその項目へ</translation>
    </message>
    <message>
        <source>Enter takes it, Escape leaves it as it was</source>
        <translation>Enter で確定、Escape で元のまま</translation>
    </message>
    <message>
        <source>Enter takes this caption</source>
        <translation>Enter でこのキャプションを使う</translation>
    </message>
    <message>
        <source>Escape clears the search and Ctrl+Z brings it back; Down lists the searches before.</source>
        <translation>Escape で検索をクリアし、Ctrl+Z で戻します。↓ で以前の検索を一覧表示します。</translation>
    </message>
    <message>
        <source>Escape shows the most frequent ones again</source>
        <translation>Escape でよく使うタグに戻ります</translation>
    </message>
    <message>
        <source>Every photo could be read</source>
        <translation>すべての写真を読み取れました</translation>
    </message>
    <message>
        <source>Every photo that was looked at could be captioned.</source>
        <translation>調べた写真にはすべてキャプションを付けられました。</translation>
    </message>
    <message>
        <source>Every photo that was read has its caption</source>
        <translation>読み取れた写真にはすべてキャプションがあります</translation>
    </message>
    <message>
        <source>Everyday photos, quick: the first choice.</source>
        <translation>日常の写真向けで速い: まず選ぶならこれ。</translation>
    </message>
    <message>
        <source>Export it as JPEG or TIFF from your RAW program, and that copy is captioned.</source>
        <translation>RAW 現像ソフトで JPEG か TIFF に書き出してください。そのコピーにキャプションが付きます。</translation>
    </message>
    <message>
        <source>Export the answers</source>
        <translation>回答を書き出す</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出す…</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>露出</translation>
    </message>
    <message>
        <source>F2 renames it, Delete hides it</source>
        <translation>F2 で名前を変更、Delete で非表示</translation>
    </message>
    <message>
        <source>F2 renames it, Delete lets it go</source>
        <translation>F2 で名前を変更、Delete で削除</translation>
    </message>
    <message>
        <source>FILE DETAILS</source>
        <translation>ファイルの詳細</translation>
    </message>
    <message>
        <source>FILTERS</source>
        <translation>フィルター</translation>
    </message>
    <message>
        <source>Fair</source>
        <translation>まずまず</translation>
    </message>
    <message>
        <source>Fair: the checking model finds that the caption fits, and that others might as well.</source>
        <translation>まずまず: 確認モデルによると、このキャプションは合っていますが、ほかにも合うものがありそうです。</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>お気に入り</translation>
    </message>
    <message>
        <source>Favourite or not</source>
        <translation>お気に入りにする・外す</translation>
    </message>
    <message>
        <source>Favourite or not (F)</source>
        <translation>お気に入りの切り替え (F)</translation>
    </message>
    <message>
        <source>Favourite: no</source>
        <translation>お気に入り: いいえ</translation>
    </message>
    <message>
        <source>Favourite: yes</source>
        <translation>お気に入り: はい</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>お気に入り</translation>
    </message>
    <message>
        <source>File and catalog</source>
        <translation>ファイルとカタログ</translation>
    </message>
    <message>
        <source>File details</source>
        <translation>ファイルの詳細</translation>
    </message>
    <message>
        <source>File details copied</source>
        <translation>ファイルの詳細をコピーしました</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>ファイル名</translation>
    </message>
    <message>
        <source>File not found</source>
        <translation>ファイルが見つかりません</translation>
    </message>
    <message>
        <source>File type</source>
        <translation>ファイルの種類</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Files that cannot be read are listed here, with the reason.</source>
        <translation>読み取れないファイルが、理由とともにここに一覧表示されます。</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>フィルター</translation>
    </message>
    <message>
        <source>Filter {name}</source>
        <translation>フィルター {name}</translation>
    </message>
    <message>
        <source>Find a tag</source>
        <translation>タグを検索</translation>
    </message>
    <message>
        <source>Find similar photos</source>
        <translation>似た写真を探す</translation>
    </message>
    <message>
        <source>Find similar photos (Ctrl+Shift+F)</source>
        <translation>似た写真を探す (Ctrl+Shift+F)</translation>
    </message>
    <message>
        <source>First or last photo</source>
        <translation>最初・最後の写真</translation>
    </message>
    <message>
        <source>Fits this computer</source>
        <translation>このコンピューターで使えます</translation>
    </message>
    <message>
        <source>Five stars.</source>
        <translation>星 5 つ。</translation>
    </message>
    <message>
        <source>Folded; press to open</source>
        <translation>折りたたまれています。押すと開きます</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Follows questions better than OPT; the first choice for chat.</source>
        <translation>OPT より質問によく従います。チャットならまずこれ。</translation>
    </message>
    <message>
        <source>For 1 minute</source>
        <translation>1 分間</translation>
    </message>
    <message>
        <source>For 10 minutes</source>
        <translation>10 分間</translation>
    </message>
    <message>
        <source>For 2 minutes</source>
        <translation>2 分間</translation>
    </message>
    <message>
        <source>For 30 days</source>
        <translation>30 日間</translation>
    </message>
    <message>
        <source>For 30 minutes</source>
        <translation>30 分間</translation>
    </message>
    <message>
        <source>For 5 minutes</source>
        <translation>5 分間</translation>
    </message>
    <message>
        <source>For 5 years</source>
        <translation>5 年間</translation>
    </message>
    <message>
        <source>For 90 days</source>
        <translation>90 日間</translation>
    </message>
    <message>
        <source>For a year</source>
        <translation>1 年間</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>無期限</translation>
    </message>
    <message>
        <source>For {filter}: {there_are}.</source>
        <translation>{filter}: {there_are}。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Found by</source>
        <translation>見つかった理由</translation>
    </message>
    <message>
        <source>Found in the caption by BlipDesk</source>
        <translation>BlipDesk がキャプションから抽出</translation>
    </message>
    <message>
        <source>Free some space if the disk is full, then try again.</source>
        <translation>ディスクがいっぱいなら空きを増やし、再試行してください。</translation>
    </message>
    <message>
        <source>Free some space on the catalog&apos;s disk, and see that its folder can be written.</source>
        <translation>カタログのあるディスクの空きを増やし、フォルダーに書き込めることを確認してください。</translation>
    </message>
    <message>
        <source>Free some space on the catalog&apos;s disk.</source>
        <translation>カタログのあるディスクの空きを増やしてください。</translation>
    </message>
    <message>
        <source>Free some space, and allow your user account to write there.</source>
        <translation>空きを増やし、あなたのユーザーアカウントに書き込みを許可してください。</translation>
    </message>
    <message>
        <source>Free some space, or choose a data folder on another disk with --data-dir.</source>
        <translation>空きを増やすか、--data-dir で別のディスクのデータフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>空きを増やしてから、再試行してください。</translation>
    </message>
    <message>
        <source>Free some space. {kept}</source>
        <translation>空きを増やしてください。{kept}</translation>
    </message>
    <message>
        <source>Free some space; nothing is lost.</source>
        <translation>空きを増やしてください。失われたものはありません。</translation>
    </message>
    <message>
        <source>Free the memory</source>
        <translation>メモリーの解放</translation>
    </message>
    <message>
        <source>From huggingface.co, when you press Download and not before. Your photos stay here.</source>
        <translation>「ダウンロード」を押したときにだけ huggingface.co から取得します。写真は外に出ません。</translation>
    </message>
    <message>
        <source>From the file</source>
        <translation>ファイルより</translation>
    </message>
    <message>
        <source>Full size</source>
        <translation>原寸大</translation>
    </message>
    <message>
        <source>GALLERY</source>
        <translation>ギャラリー</translation>
    </message>
    <message>
        <source>GPU, CUDA, CPU</source>
        <translation>GPU、CUDA、CPU</translation>
    </message>
    <message>
        <source>Get a folder that holds its code.</source>
        <translation>コードを含むフォルダーを入手してください。</translation>
    </message>
    <message>
        <source>Get one for retrieval: the settings show which there are, and so does blipdesk models list.</source>
        <translation>照合用のモデルを入手してください。設定で一覧を表示できます。</translation>
    </message>
    <message>
        <source>Get the checkpoint again, complete, and import that.</source>
        <translation>チェックポイントを完全な形で入手し直し、それを取り込んでください。</translation>
    </message>
    <message>
        <source>Get the version with model.safetensors, or convert it with transformers&apos; save_pretrained.</source>
        <translation>model.safetensors のある版を入手するか、transformers の save_pretrained で変換してください。</translation>
    </message>
    <message>
        <source>Get the version with model.safetensors.</source>
        <translation>model.safetensors のある版を入手してください。</translation>
    </message>
    <message>
        <source>Give a shorter one.</source>
        <translation>もっと短くしてください。</translation>
    </message>
    <message>
        <source>Give another name.</source>
        <translation>別の名前を指定してください。</translation>
    </message>
    <message>
        <source>Give it the right file ending or move it out of the folder.</source>
        <translation>正しい拡張子を付けるか、フォルダーの外へ移してください。</translation>
    </message>
    <message>
        <source>Give some, for example: a dog on a beach</source>
        <translation>たとえば a dog on a beach のように入力してください</translation>
    </message>
    <message>
        <source>Give the answers to choose from</source>
        <translation>選択肢となる答えを指定</translation>
    </message>
    <message>
        <source>Give the words to look for: --text &quot;a dog&quot;.</source>
        <translation>探す語を指定してください: --text &quot;a dog&quot;。</translation>
    </message>
    <message>
        <source>Give your user the right to read it (or close the program that holds it), then try again.</source>
        <translation>あなたのユーザーに読み取りを許可し（または使用中のプログラムを閉じ）、再試行してください。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Go on in the background?</source>
        <translation>バックグラウンドで続けますか？</translation>
    </message>
    <message>
        <source>Go on with the BlipDesk that you had before, or choose another catalog with --data-dir.</source>
        <translation>これまでの BlipDesk を使い続けるか、--data-dir で別のカタログを選んでください。</translation>
    </message>
    <message>
        <source>Go on with the last</source>
        <translation>前の会話を続ける</translation>
    </message>
    <message>
        <source>Go on working when the window is closed</source>
        <translation>ウィンドウを閉じても作業を続ける</translation>
    </message>
    <message>
        <source>Group before or after</source>
        <translation>前・次のグループ</translation>
    </message>
    <message>
        <source>Group the photos</source>
        <translation>写真をグループ化</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>グループ</translation>
    </message>
    <message>
        <source>Groups in groups are followed {most} deep: this one was passed over.</source>
        <translation>入れ子のグループは {most} 段までです。これは無視しました。</translation>
    </message>
    <message>
        <source>HF_ENDPOINT has to be one, such as https://huggingface.co.</source>
        <translation>HF_ENDPOINT は https://huggingface.co のようなアドレスにしてください。</translation>
    </message>
    <message>
        <source>HTTPS_PROXY (HTTP_PROXY, ALL_PROXY) has to be like http://host:port, or be unset.</source>
        <translation>HTTPS_PROXY（HTTP_PROXY、ALL_PROXY）は http://host:port の形にするか、設定しないでください。</translation>
    </message>
    <message>
        <source>Has</source>
        <translation>含むもの</translation>
    </message>
    <message>
        <source>Help in the field</source>
        <translation>検索欄でのヘルプ</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>非表示</translation>
    </message>
    <message>
        <source>Hide or show the caption</source>
        <translation>キャプションの表示切替</translation>
    </message>
    <message>
        <source>Hide or show the pane</source>
        <translation>写真パネルの表示切替</translation>
    </message>
    <message>
        <source>How fast it is here shows in the try</source>
        <translation>ここでの速さは次の試行で分かります</translation>
    </message>
    <message>
        <source>How long changes can be taken back</source>
        <translation>変更を元に戻せる期間</translation>
    </message>
    <message>
        <source>How long it takes is known after the first answers: this model was not timed here yet.</source>
        <translation>所要時間は最初の回答の後に分かります。このモデルはここでまだ計測されていません。</translation>
    </message>
    <message>
        <source>How probable each answer is</source>
        <translation>各回答の確率</translation>
    </message>
    <message>
        <source>How to search</source>
        <translation>検索方法</translation>
    </message>
    <message>
        <source>How to search (F1 in this field)</source>
        <translation>検索方法 (この欄で F1)</translation>
    </message>
    <message>
        <source>IMG_1234.xmp instead of IMG_1234.CR2.xmp. One that is there already is used, whatever its name.</source>
        <translation>IMG_1234.CR2.xmp ではなく IMG_1234.xmp。すでにあるものは、名前にかかわらず使われます。</translation>
    </message>
    <message>
        <source>Idle means</source>
        <translation>アイドル状態とみなす時間</translation>
    </message>
    <message>
        <source>If it was moved, its folder is scanned again.</source>
        <translation>移動された場合は、そのフォルダーがもう一度調べられます。</translation>
    </message>
    <message>
        <source>If you trust whoever made it, take it in once more with --allow-code, by blipdesk models import or download; else choose another checkpoint.</source>
        <translation>作成者を信頼できる場合は、blipdesk models import または download で --allow-code を付けてもう一度取り込んでください。そうでなければ別のチェックポイントを選んでください。</translation>
    </message>
    <message>
        <source>Import a model folder…</source>
        <translation>モデルのフォルダーを取り込む…</translation>
    </message>
    <message>
        <source>In BlipDesk</source>
        <translation>BlipDesk 内</translation>
    </message>
    <message>
        <source>In BlipDesk only: your photo files are not touched. Other programs do not see the captions.</source>
        <translation>BlipDesk 内のみ: 写真ファイルは変更されません。ほかのプログラムではキャプションは見えません。</translation>
    </message>
    <message>
        <source>In a small file beside each photo: IMG_1234.jpg gets IMG_1234.jpg.xmp, a so-called sidecar, which digiKam and darktable read. The photos themselves are not touched.</source>
        <translation>各写真の横の小さなファイル: IMG_1234.jpg には IMG_1234.jpg.xmp が付きます。サイドカーと呼ばれ、digiKam や darktable で読めます。写真そのものは変更されません。</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>ファイル内</translation>
    </message>
    <message>
        <source>In the file beside the photo</source>
        <translation>写真の横のファイル内</translation>
    </message>
    <message>
        <source>In the photo</source>
        <translation>写真内</translation>
    </message>
    <message>
        <source>Inside the photos: JPEG, PNG, WebP and TIFF photos carry their caption along, so file managers and most photo programs show it; the picture itself stays as it is. RAW, GIF, BMP, HEIC and AVIF photos get a small .xmp file beside them, and so does a photo that cannot be changed without loss.</source>
        <translation>写真の中: JPEG、PNG、WebP、TIFF の写真がキャプションを持つので、ファイルマネージャーやほとんどの写真プログラムで表示されます。画像そのものは変わりません。RAW、GIF、BMP、HEIC、AVIF の写真や、損失なしに変更できない写真には、横に小さな .xmp ファイルが付きます。</translation>
    </message>
    <message>
        <source>Install BlipDesk again.</source>
        <translation>BlipDesk をもう一度インストールしてください。</translation>
    </message>
    <message>
        <source>Install again.</source>
        <translation>もう一度インストールしてください。</translation>
    </message>
    <message>
        <source>Install it (pip install bitsandbytes), or choose auto, fp16 or fp32.</source>
        <translation>インストールする（pip install bitsandbytes）か、auto、fp16、fp32 を選んでください。</translation>
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
        <translation>横の小さなファイルへ</translation>
    </message>
    <message>
        <source>Into the photo</source>
        <translation>写真の中へ</translation>
    </message>
    <message>
        <source>Into the photos</source>
        <translation>写真の中へ</translation>
    </message>
    <message>
        <source>Is anyone smiling?</source>
        <translation>Is anyone smiling?</translation>
    </message>
    <message>
        <source>Is being captioned</source>
        <translation>キャプションを作成中</translation>
    </message>
    <message>
        <source>Is removed: BlipDesk made it</source>
        <translation>削除されます: BlipDesk が作ったものです</translation>
    </message>
    <message>
        <source>Is taken back in part</source>
        <translation>一部だけ元に戻ります</translation>
    </message>
    <message>
        <source>Is this a network that wants you to sign in first? Open a page in a browser, then try again; where HF_ENDPOINT or a proxy is set, check it.</source>
        <translation>先にサインインが必要なネットワークではありませんか？ブラウザーでページを開いてから再試行してください。HF_ENDPOINT やプロキシを設定している場合は確認してください。</translation>
    </message>
    <message>
        <source>It answers questions about a photo.</source>
        <translation>写真についての質問に答えます。</translation>
    </message>
    <message>
        <source>It can be downloaded again.</source>
        <translation>もう一度ダウンロードできます。</translation>
    </message>
    <message>
        <source>It can be imported again.</source>
        <translation>もう一度取り込めます。</translation>
    </message>
    <message>
        <source>It can be left alone or deleted.</source>
        <translation>そのままにしても、削除してもかまいません。</translation>
    </message>
    <message>
        <source>It cannot be captioned again: its drive is not connected</source>
        <translation>キャプションを作り直せません: ドライブが接続されていません</translation>
    </message>
    <message>
        <source>It cannot be captioned again: the file is gone</source>
        <translation>キャプションを作り直せません: ファイルがありません</translation>
    </message>
    <message>
        <source>It could not be captioned.</source>
        <translation>キャプションを付けられなかったもの。</translation>
    </message>
    <message>
        <source>It could not be downloaded.</source>
        <translation>ダウンロードできませんでした。</translation>
    </message>
    <message>
        <source>It could not be removed.</source>
        <translation>削除できませんでした。</translation>
    </message>
    <message>
        <source>It could not be taken back</source>
        <translation>元に戻せませんでした</translation>
    </message>
    <message>
        <source>It could not be written, through a bug in BlipDesk ({name}); the log has more.</source>
        <translation>BlipDesk の不具合により書き込めませんでした（{name}）。詳しくはログにあります。</translation>
    </message>
    <message>
        <source>It goes on when this is closed, and at the next start.</source>
        <translation>これを閉じても続き、次の起動時にも続行します。</translation>
    </message>
    <message>
        <source>It goes on when this is closed.</source>
        <translation>これを閉じても処理は続きます。</translation>
    </message>
    <message>
        <source>It is as it was before already.</source>
        <translation>すでに以前の状態です。</translation>
    </message>
    <message>
        <source>It is being captioned already</source>
        <translation>すでにキャプションを作成中です</translation>
    </message>
    <message>
        <source>It is being looked through for photos.</source>
        <translation>写真を探しています。</translation>
    </message>
    <message>
        <source>It is here already.</source>
        <translation>すでにあります。</translation>
    </message>
    <message>
        <source>It is in use: choose another model first</source>
        <translation>使用中です。先に別のモデルを選んでください</translation>
    </message>
    <message>
        <source>It is not there. If it was moved or renamed, blipdesk caption or an open window finds it again: then undo again. If its drive is away, connect it.</source>
        <translation>ファイルがありません。移動や名前の変更をした場合は、BlipDesk が見つけた後で、もう一度元に戻してください。ドライブが外れている場合は接続してください。</translation>
    </message>
    <message>
        <source>It is shown and captioned as far as it goes. Look for a complete copy.</source>
        <translation>読み取れた範囲で表示し、キャプションを付けています。完全なコピーを探してください。</translation>
    </message>
    <message>
        <source>It is started again by itself.</source>
        <translation>自動で再起動します。</translation>
    </message>
    <message>
        <source>It is tried again at the next start; close other programs if memory or disk space is short.</source>
        <translation>次の起動時に再試行されます。メモリーやディスクの空きが少ない場合は、ほかのプログラムを閉じてください。</translation>
    </message>
    <message>
        <source>It looks at a photo and its caption, and says how well they fit: what does not is shown under Needs review. Automatic takes one that suits the captioning model, where there is one.</source>
        <translation>写真とキャプションを見て、どれほど合っているかを判定します。合わないものは「要確認」に表示されます。自動では、キャプションモデルに合うものがあればそれを使います。</translation>
    </message>
    <message>
        <source>It may be damaged: look for another copy.</source>
        <translation>壊れているかもしれません。別のコピーを探してください。</translation>
    </message>
    <message>
        <source>It stands there already</source>
        <translation>すでに書き込まれています</translation>
    </message>
    <message>
        <source>It took {seconds} on this computer (measured), so {count} photos take about {time}.</source>
        <translation>このコンピューターでは {seconds}かかりました（実測）。写真 {count} 枚では約 {time}かかります。</translation>
    </message>
    <message>
        <source>It waits for its caption already</source>
        <translation>すでにキャプション待ちです</translation>
    </message>
    <message>
        <source>It was left as it is.</source>
        <translation>そのままにしました。</translation>
    </message>
    <message>
        <source>It was left as that program has it; try again when it is done.</source>
        <translation>そのプログラムが保存したままにしました。終わってから再試行してください。</translation>
    </message>
    <message>
        <source>It was looked for as words.</source>
        <translation>普通の語として検索しました。</translation>
    </message>
    <message>
        <source>It was written for another version of transformers, or needs packages that are not here.</source>
        <translation>別のバージョンの transformers 向けに書かれているか、ここにないパッケージが必要です。</translation>
    </message>
    <message>
        <source>It writes the captions.</source>
        <translation>キャプションを書きます。</translation>
    </message>
    <message>
        <source>Its caption and tags are kept, and come back with the file.</source>
        <translation>キャプションとタグは保持され、ファイルが戻ると復元されます。</translation>
    </message>
    <message>
        <source>Its caption and tags are kept. Connect the drive to see it whole.</source>
        <translation>キャプションとタグは保持されています。全体を見るにはドライブを接続してください。</translation>
    </message>
    <message>
        <source>Its caption is near in meaning</source>
        <translation>キャプションの意味が近い</translation>
    </message>
    <message>
        <source>Its caption says nearly the same</source>
        <translation>キャプションがほぼ同じ内容</translation>
    </message>
    <message>
        <source>Its drive is not connected. Its caption is kept and stays searchable.</source>
        <translation>ドライブが接続されていません。キャプションは保持され、検索できます。</translation>
    </message>
    <message>
        <source>Its file is not where it was.</source>
        <translation>ファイルが元の場所にないもの。</translation>
    </message>
    <message>
        <source>Its files are kept: another try does not download them again, removing the model deletes them.</source>
        <translation>ファイルは残してあります。再試行ではダウンロードし直さず、モデルを削除するとファイルも消えます。</translation>
    </message>
    <message>
        <source>Its name is so long that no sidecar can stand beside it; a shorter name would do.</source>
        <translation>名前が長すぎて、横にサイドカーを置けません。短い名前にすれば置けます。</translation>
    </message>
    <message>
        <source>Its older sidecar says the same now.</source>
        <translation>古いサイドカーも同じ内容になりました。</translation>
    </message>
    <message>
        <source>Its older sidecar still says something else: {reason}</source>
        <translation>古いサイドカーの内容が異なるままです: {reason}</translation>
    </message>
    <message>
        <source>Its photos were forgotten</source>
        <translation>その写真は登録が解除されました</translation>
    </message>
    <message>
        <source>Its sidecar cannot be read: {reason}</source>
        <translation>サイドカーを読み取れません: {reason}</translation>
    </message>
    <message>
        <source>Its sidecar is a link to another place; put the file itself there.</source>
        <translation>サイドカーが別の場所へのリンクです。ファイルそのものをそこに置いてください。</translation>
    </message>
    <message>
        <source>Its sidecar is read-only, somebody else&apos;s or has several names; make it writable.</source>
        <translation>サイドカーが読み取り専用か、他人のものか、複数の名前を持っています。書き込めるようにしてください。</translation>
    </message>
    <message>
        <source>Its sidecar stays as it is, because {reason}. Moved away, it makes room for a new one.</source>
        <translation>サイドカーはそのままです。理由: {reason}。移動すると、新しいものを置けます。</translation>
    </message>
    <message>
        <source>Its sidecar was taken away; it is made again where somebody asks for it.</source>
        <translation>サイドカーが取り除かれました。書き込みを指示すると作り直します。</translation>
    </message>
    <message>
        <source>Its weights are damaged, or the precision does not suit it: try fp32.</source>
        <translation>重みが壊れているか、精度が合っていません。fp32 を試してください。</translation>
    </message>
    <message>
        <source>Its words: {there}.</source>
        <translation>含まれる語: {there}。</translation>
    </message>
    <message>
        <source>JPEG, PNG, WebP and TIFF photos get theirs inside, other photos a small .xmp file beside them. The pictures themselves are not changed.</source>
        <translation>JPEG、PNG、WebP、TIFF の写真には中に、ほかの写真には横の小さな .xmp ファイルに書き込まれます。画像そのものは変わりません。</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON 行</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>両方を残す</translation>
    </message>
    <message>
        <source>Keep both captions of all {photos}?</source>
        <translation>{photos}すべてで両方のキャプションを残しますか？</translation>
    </message>
    <message>
        <source>Keep both for all</source>
        <translation>すべてで両方を残す</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>自分のものを残す</translation>
    </message>
    <message>
        <source>Keep mine for all</source>
        <translation>すべてで自分のものを残す</translation>
    </message>
    <message>
        <source>Keep one of them alone, then try again.</source>
        <translation>どちらか一方だけを残して、再試行してください。</translation>
    </message>
    <message>
        <source>Keep the file&apos;s</source>
        <translation>ファイルのものを残す</translation>
    </message>
    <message>
        <source>Keep the file&apos;s caption for all {photos}?</source>
        <translation>{photos}すべてでファイルのキャプションを残しますか？</translation>
    </message>
    <message>
        <source>Keep the file&apos;s for all</source>
        <translation>すべてでファイルのものを残す</translation>
    </message>
    <message>
        <source>Keep your caption for all {photos}?</source>
        <translation>{photos}すべてで自分のキャプションを残しますか？</translation>
    </message>
    <message>
        <source>Kept in</source>
        <translation>保存先</translation>
    </message>
    <message>
        <source>Kept {time}, {room} at most.</source>
        <translation>保存期間: {time}、最大 {room}。</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Kinds it can run: {known}.</source>
        <translation>動かせる種類: {known}。</translation>
    </message>
    <message>
        <source>LARGE VIEW</source>
        <translation>拡大表示</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Large view</source>
        <translation>拡大表示</translation>
    </message>
    <message>
        <source>Large view (Space)</source>
        <translation>拡大表示 (Space)</translation>
    </message>
    <message>
        <source>Large view: {name}</source>
        <translation>拡大表示: {name}</translation>
    </message>
    <message>
        <source>Larger photos</source>
        <translation>写真を大きく</translation>
    </message>
    <message>
        <source>Last added</source>
        <translation>追加が新しい順</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>後で</translation>
    </message>
    <message>
        <source>Least sure first</source>
        <translation>確信度が低い順</translation>
    </message>
    <message>
        <source>Leave out --sample or --num-beams.</source>
        <translation>--sample か --num-beams のどちらかを外してください。</translation>
    </message>
    <message>
        <source>Leave out {path}</source>
        <translation>{path} を除外</translation>
    </message>
    <message>
        <source>Leave the photo as it is: it is captioned already.</source>
        <translation>写真をそのままにする: すでにキャプションがあります。</translation>
    </message>
    <message>
        <source>Leave these out</source>
        <translation>これらを除外</translation>
    </message>
    <message>
        <source>Leave this folder out</source>
        <translation>このフォルダーを除外</translation>
    </message>
    <message>
        <source>Left and Right: where each word is seen in the photo</source>
        <translation>←、→: 各語が写真のどこに見えるか</translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation>そのままです</translation>
    </message>
    <message>
        <source>Left, Right: other photos  ·  + − 0 1: zoom  ·  Tab: where a word is seen  ·  C: words  ·  F: favourite  ·  Del: trash  ·  Esc: close</source>
        <translation>←、→: ほかの写真  ·  + − 0 1: 拡大・縮小  ·  Tab: 語の位置  ·  C: 語  ·  F: お気に入り  ·  Del: ゴミ箱  ·  Esc: 閉じる</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>レンズ</translation>
    </message>
    <message>
        <source>Let its captions go to sidecars or stay in the catalog.</source>
        <translation>キャプションの保存先をサイドカーかカタログにしてください。</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>ライブラリ</translation>
    </message>
    <message>
        <source>Licence: {licence}</source>
        <translation>ライセンス: {licence}</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>ライトまたはダーク</translation>
    </message>
    <message>
        <source>Light, dark, or whatever the system uses.</source>
        <translation>ライト、ダーク、またはシステムの設定に従います。</translation>
    </message>
    <message>
        <source>Like {name}</source>
        <translation>{name} に似た写真</translation>
    </message>
    <message>
        <source>Line {number} of {name} is no JSON.</source>
        <translation>{name} の {number} 行目は JSON ではありません。</translation>
    </message>
    <message>
        <source>Line {number} of {name} names no photo.</source>
        <translation>{name} の {number} 行目に写真の指定がありません。</translation>
    </message>
    <message>
        <source>List the photos</source>
        <translation>写真を一覧にする</translation>
    </message>
    <message>
        <source>Loading the model, which then looks at it…</source>
        <translation>モデルを読み込んでから、写真を見ます…</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>モデルを読み込み中…</translation>
    </message>
    <message>
        <source>Look for new photos</source>
        <translation>新しい写真を探す</translation>
    </message>
    <message>
        <source>Look through the folders again</source>
        <translation>フォルダーをもう一度調べる</translation>
    </message>
    <message>
        <source>Looking at some of your photos…</source>
        <translation>写真の一部を確認中…</translation>
    </message>
    <message>
        <source>Looking at what stands in the files now…</source>
        <translation>ファイルの現在の内容を確認中…</translation>
    </message>
    <message>
        <source>Looking at {done} of {total}…</source>
        <translation>確認中: {done} / {total}…</translation>
    </message>
    <message>
        <source>Looking for a photo…</source>
        <translation>写真を探しています…</translation>
    </message>
    <message>
        <source>Looking for captions…</source>
        <translation>キャプションを探しています…</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>写真を探しています…</translation>
    </message>
    <message>
        <source>Looking for {word}…</source>
        <translation>{word}を探しています…</translation>
    </message>
    <message>
        <source>Looking through the folders again</source>
        <translation>フォルダーをもう一度調べています</translation>
    </message>
    <message>
        <source>Looks right</source>
        <translation>問題なし</translation>
    </message>
    <message>
        <source>Looks right: begin</source>
        <translation>問題ありません。始める</translation>
    </message>
    <message>
        <source>MIT (its Flan-T5: Apache-2.0)</source>
        <translation>MIT（Flan-T5 は Apache-2.0）</translation>
    </message>
    <message>
        <source>MIT (its language model OPT: for research, not for commercial use)</source>
        <translation>MIT（言語モデル OPT は研究用で、商用不可）</translation>
    </message>
    <message>
        <source>Make a new one there, or unset HF_TOKEN.</source>
        <translation>そこで新しいものを作成するか、HF_TOKEN を解除してください。</translation>
    </message>
    <message>
        <source>Make it available offline in your cloud program; it is tried again at the next start.</source>
        <translation>クラウドプログラムでオフラインで使えるようにしてください。次の起動時に再試行されます。</translation>
    </message>
    <message>
        <source>Make it available on this computer first.</source>
        <translation>先にこのコンピューターで使えるようにしてください。</translation>
    </message>
    <message>
        <source>Make it first, or name another.</source>
        <translation>先に作成するか、別のものを指定してください。</translation>
    </message>
    <message>
        <source>Make it writable, then try again.</source>
        <translation>書き込めるようにしてから、再試行してください。</translation>
    </message>
    <message>
        <source>Many photos fail</source>
        <translation>多くの写真で失敗しています</translation>
    </message>
    <message>
        <source>Maps are PNG files: give it the ending .png.</source>
        <translation>マップは PNG ファイルです。末尾を .png にしてください。</translation>
    </message>
    <message>
        <source>Maybe also these</source>
        <translation>こちらも該当するかもしれません</translation>
    </message>
    <message>
        <source>Maybe: {name}</source>
        <translation>おそらく: {name}</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>統合</translation>
    </message>
    <message>
        <source>Merge into another…</source>
        <translation>別のタグに統合…</translation>
    </message>
    <message>
        <source>Merge the tag {name} into another</source>
        <translation>タグ{name}を別のタグに統合</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>見つからない</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>More</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>More detail, about three times slower.</source>
        <translation>より詳しく、約 3 倍遅くなります。</translation>
    </message>
    <message>
        <source>More to do with this answer</source>
        <translation>この回答に対するその他の操作</translation>
    </message>
    <message>
        <source>Mostly: {reason}</source>
        <translation>主な理由: {reason}</translation>
    </message>
    <message>
        <source>Move it away, or choose another --data-dir.</source>
        <translation>移動するか、--data-dir で別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>ゴミ箱に移動</translation>
    </message>
    <message>
        <source>Move {words} to the trash?</source>
        <translation>{words}をゴミ箱に移動しますか？</translation>
    </message>
    <message>
        <source>Movement</source>
        <translation>動き</translation>
    </message>
    <message>
        <source>Moving to the trash: {done} of {total}</source>
        <translation>ゴミ箱に移動中: {done} / {total}</translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <translation>NVIDIA GPU</translation>
    </message>
    <message>
        <source>NVIDIA graphics card</source>
        <translation>NVIDIA グラフィックスカード</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Name each choice once.</source>
        <translation>各選択肢は一度だけ指定してください。</translation>
    </message>
    <message>
        <source>Name of the other tag</source>
        <translation>もう一方のタグの名前</translation>
    </message>
    <message>
        <source>Name of the saved search</source>
        <translation>保存した検索の名前</translation>
    </message>
    <message>
        <source>Name one for retrieval, or leave --match-model out.</source>
        <translation>照合用のモデルを指定するか、--match-model を外してください。</translation>
    </message>
    <message>
        <source>Name one of its photos.</source>
        <translation>その中の写真を 1 枚指定してください。</translation>
    </message>
    <message>
        <source>Name the folder that holds the model&apos;s config.json.</source>
        <translation>モデルの config.json があるフォルダーを指定してください。</translation>
    </message>
    <message>
        <source>Name {most} at most.</source>
        <translation>最大 {most} 個です。</translation>
    </message>
    <message>
        <source>Near in meaning</source>
        <translation>意味が近い</translation>
    </message>
    <message>
        <source>Near in meaning: “{caption}”</source>
        <translation>意味が近い: 「{caption}」</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>要確認</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>しない</translation>
    </message>
    <message>
        <source>New captions and the stars of favourites go into a small file beside each photo.</source>
        <translation>新しいキャプションとお気に入りの星は、各写真の横の小さなファイルに入ります。</translation>
    </message>
    <message>
        <source>New captions and the stars of favourites go into the photos.</source>
        <translation>新しいキャプションとお気に入りの星は、写真の中に入ります。</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新しい会話</translation>
    </message>
    <message>
        <source>New conversation: ask something</source>
        <translation>新しい会話: 英語で質問してください</translation>
    </message>
    <message>
        <source>New files beside RAW photos are named as Lightroom names them</source>
        <translation>RAW 写真の横の新しいファイルに Lightroom と同じ名前を付ける</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>新しい名前</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>新しいタグ</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>新しい順</translation>
    </message>
    <message>
        <source>Next (Right)</source>
        <translation>次へ (→)</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>次の写真</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>回答なし</translation>
    </message>
    <message>
        <source>No answering model is loaded.</source>
        <translation>回答モデルが読み込まれていません。</translation>
    </message>
    <message>
        <source>No caption</source>
        <translation>キャプションなし</translation>
    </message>
    <message>
        <source>No caption yet</source>
        <translation>キャプションはまだありません</translation>
    </message>
    <message>
        <source>No captions could be proposed.</source>
        <translation>キャプションを提案できませんでした。</translation>
    </message>
    <message>
        <source>No duplicates</source>
        <translation>重複はありません</translation>
    </message>
    <message>
        <source>No favourite any more (F)</source>
        <translation>お気に入りから外す (F)</translation>
    </message>
    <message>
        <source>No favourites yet</source>
        <translation>お気に入りはまだありません</translation>
    </message>
    <message>
        <source>No file of these photos is there</source>
        <translation>これらの写真のファイルがありません</translation>
    </message>
    <message>
        <source>No file was changed</source>
        <translation>変更されたファイルはありません</translation>
    </message>
    <message>
        <source>No file would be changed now.</source>
        <translation>現在変更されるファイルはありません。</translation>
    </message>
    <message>
        <source>No folder is watched yet.</source>
        <translation>監視中のフォルダーはありません。</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>グループなし</translation>
    </message>
    <message>
        <source>No log file is open: copy the details.</source>
        <translation>ログファイルが開かれていません。詳細をコピーしてください。</translation>
    </message>
    <message>
        <source>No model is loaded.</source>
        <translation>モデルが読み込まれていません。</translation>
    </message>
    <message>
        <source>No model {key} is installed.</source>
        <translation>モデル {key} はインストールされていません。</translation>
    </message>
    <message>
        <source>No photo fits {part}.</source>
        <translation>{part} に合う写真はありません。</translation>
    </message>
    <message>
        <source>No photo fits {part}; {there_are}.</source>
        <translation>{part} に合う写真はありません。{there_are}。</translation>
    </message>
    <message>
        <source>No photo has a caption yet; new captions are written as they are made.</source>
        <translation>キャプションのある写真はまだありません。新しいキャプションは作成され次第書き込まれます。</translation>
    </message>
    <message>
        <source>No photo has two captions.</source>
        <translation>キャプションが 2 つある写真はありません。</translation>
    </message>
    <message>
        <source>No photo has {words} as it stands; these have a part of it. The search by meaning knows English alone.</source>
        <translation>{words} をそのまま含む写真はありません。これらは一部を含みます。意味による検索は英語だけに対応しています。</translation>
    </message>
    <message>
        <source>No photo has {words}. The search by meaning knows English alone.</source>
        <translation>{words} を含む写真はありません。意味による検索は英語だけに対応しています。</translation>
    </message>
    <message>
        <source>No photo is missing</source>
        <translation>見つからない写真はありません</translation>
    </message>
    <message>
        <source>No photo matches</source>
        <translation>一致する写真はありません</translation>
    </message>
    <message>
        <source>No photo selected</source>
        <translation>写真が選択されていません</translation>
    </message>
    <message>
        <source>No photos here</source>
        <translation>ここに写真はありません</translation>
    </message>
    <message>
        <source>No picture could be read</source>
        <translation>写真を読み取れませんでした</translation>
    </message>
    <message>
        <source>No picture to ask about</source>
        <translation>質問できる写真がありません</translation>
    </message>
    <message>
        <source>No retrieval model is loaded.</source>
        <translation>照合モデルが読み込まれていません。</translation>
    </message>
    <message>
        <source>No setting matches.</source>
        <translation>該当する設定なし</translation>
    </message>
    <message>
        <source>No similar photo</source>
        <translation>似た写真はありません</translation>
    </message>
    <message>
        <source>No tag is called so.</source>
        <translation>その名前のタグはありません。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>None of them has {tag} any more</source>
        <translation>{tag}が付いた写真はもうありません</translation>
    </message>
    <message>
        <source>Not among the photos found: it stays because you clicked it</source>
        <translation>検索結果ではありませんが、クリックしたため表示しています</translation>
    </message>
    <message>
        <source>Not connected: nothing is lost, it comes back with its drive.</source>
        <translation>未接続: 失われたものはありません。ドライブを接続すると元に戻ります。</translation>
    </message>
    <message>
        <source>Not everything could be put back.</source>
        <translation>すべてをやり直すことはできませんでした。</translation>
    </message>
    <message>
        <source>Not everything could be taken back.</source>
        <translation>すべてを元に戻すことはできませんでした。</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Not watching</source>
        <translation>監視していません</translation>
    </message>
    <message>
        <source>Not with this word; -type:png leaves out what a filter finds.</source>
        <translation>この語を含まないもの。-type:png はフィルターに一致するものを除きます。</translation>
    </message>
    <message>
        <source>Not written</source>
        <translation>書き込まれていません</translation>
    </message>
    <message>
        <source>Not: {filter}</source>
        <translation>除外: {filter}</translation>
    </message>
    <message>
        <source>Nothing can be captioned: {reason}</source>
        <translation>キャプションを作成できる写真がありません: {reason}</translation>
    </message>
    <message>
        <source>Nothing fits for sure. Maybe these:</source>
        <translation>確実に一致するものはありません。可能性のあるもの:</translation>
    </message>
    <message>
        <source>Nothing is kept yet: no caption, no setting, and your files stay as they are.</source>
        <translation>まだ何も保存されません。キャプションも設定も保存されず、ファイルもそのままです。</translation>
    </message>
    <message>
        <source>Nothing is written until you decide.</source>
        <translation>決定するまで何も書き込まれません。</translation>
    </message>
    <message>
        <source>Nothing moves by itself</source>
        <translation>自動では何も動かない</translation>
    </message>
    <message>
        <source>Nothing needs to be done.</source>
        <translation>何もする必要はありません。</translation>
    </message>
    <message>
        <source>Nothing of it was imported.</source>
        <translation>何も取り込まれていません。</translation>
    </message>
    <message>
        <source>Nothing of this can be taken back.</source>
        <translation>元に戻せるものはありません。</translation>
    </message>
    <message>
        <source>Nothing that a person wrote is lost: what is replaced can be taken back.</source>
        <translation>人が書いたものは失われません。置き換えた内容は元に戻せます。</translation>
    </message>
    <message>
        <source>Nothing to decide</source>
        <translation>決定するものはありません</translation>
    </message>
    <message>
        <source>Nothing to review</source>
        <translation>確認するものはありません</translation>
    </message>
    <message>
        <source>Nothing to take back</source>
        <translation>元に戻すものはありません</translation>
    </message>
    <message>
        <source>Nothing to take back is kept yet.</source>
        <translation>元に戻せるものはまだありません。</translation>
    </message>
    <message>
        <source>Nothing waits.</source>
        <translation>待機中のものはありません。</translation>
    </message>
    <message>
        <source>Nothing was found for {query}.</source>
        <translation>{query}に一致するものは見つかりませんでした。</translation>
    </message>
    <message>
        <source>Nothing was found here for {query}.</source>
        <translation>ここでは{query}に一致するものは見つかりませんでした。</translation>
    </message>
    <message>
        <source>Nothing was put back</source>
        <translation>何もやり直されませんでした</translation>
    </message>
    <message>
        <source>Nothing was taken back</source>
        <translation>何も元に戻されませんでした</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>何も書き込まれませんでした。</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>現在</translation>
    </message>
    <message>
        <source>Of BlipDesk itself; captions are written in English.</source>
        <translation>BlipDesk 自体の言語です。キャプションは英語で書かれます。</translation>
    </message>
    <message>
        <source>Of a drawn picture it says: {words}</source>
        <translation>描かれた画像に対する答え: {words}</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>未接続</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>古い順</translation>
    </message>
    <message>
        <source>On a network drive: looked through every minute.</source>
        <translation>ネットワークドライブです。1 分ごとに調べます。</translation>
    </message>
    <message>
        <source>On battery: waiting for mains power</source>
        <translation>バッテリー駆動中: 電源接続を待っています</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>このコンピューター上</translation>
    </message>
    <message>
        <source>One of the choices is blank.</source>
        <translation>空の選択肢があります。</translation>
    </message>
    <message>
        <source>One of the two; (small dog) OR cat groups words.</source>
        <translation>いずれか一方。(small dog) OR cat のように語をまとめられます。</translation>
    </message>
    <message>
        <source>One of:</source>
        <translation>次のいずれか:</translation>
    </message>
    <message>
        <source>One question to all of these photos</source>
        <translation>これらの写真すべてに 1 つの質問</translation>
    </message>
    <message>
        <source>Only a part of the file can be read. A copy that is whole can take its place.</source>
        <translation>ファイルの一部しか読み取れません。完全なコピーと差し替えられます。</translation>
    </message>
    <message>
        <source>Only a part of this file could be read.</source>
        <translation>このファイルは一部しか読み取れませんでした。</translation>
    </message>
    <message>
        <source>Only on mains power</source>
        <translation>電源接続時のみ</translation>
    </message>
    <message>
        <source>Only the EXIF part is written, because {reason}.</source>
        <translation>EXIF の部分だけを書き込みます。理由: {reason}。</translation>
    </message>
    <message>
        <source>Only the XMP part is written, because {reason}.</source>
        <translation>XMP の部分だけを書き込みます。理由: {reason}。</translation>
    </message>
    <message>
        <source>Only the demo models, which come with BlipDesk.</source>
        <translation>BlipDesk に付属するデモモデルだけです。</translation>
    </message>
    <message>
        <source>Only the first {most} letters and signs are read: ask for less at once.</source>
        <translation>最初の {most} 文字だけを読みます。一度に指定する量を減らしてください。</translation>
    </message>
    <message>
        <source>Only the first {most} terms are looked for: ask for less at once.</source>
        <translation>最初の {most} 語だけを探します。一度に指定する量を減らしてください。</translation>
    </message>
    <message>
        <source>Only the keywords are written.</source>
        <translation>タグだけを書き込みます。</translation>
    </message>
    <message>
        <source>Only the rating is written.</source>
        <translation>評価だけを書き込みます。</translation>
    </message>
    <message>
        <source>Only when the computer is idle</source>
        <translation>コンピューターがアイドル状態のときのみ</translation>
    </message>
    <message>
        <source>Open BlipDesk</source>
        <translation>BlipDesk を開く</translation>
    </message>
    <message>
        <source>Open it in a picture viewer; if it does not show there either, put it back from a backup.</source>
        <translation>画像ビューアーで開いてください。そこでも表示されない場合は、バックアップから戻してください。</translation>
    </message>
    <message>
        <source>Open it in another program and save a copy, or choose Try again after an update of BlipDesk.</source>
        <translation>別のプログラムで開いてコピーを保存するか、BlipDesk の更新後に「再試行」を選んでください。</translation>
    </message>
    <message>
        <source>Open the log&apos;s folder</source>
        <translation>ログのフォルダーを開く</translation>
    </message>
    <message>
        <source>Opening the photo…</source>
        <translation>写真を開いています…</translation>
    </message>
    <message>
        <source>Opening your library…</source>
        <translation>ライブラリを開いています…</translation>
    </message>
    <message>
        <source>Other model</source>
        <translation>別のモデル</translation>
    </message>
    <message>
        <source>PHOTO</source>
        <translation>写真</translation>
    </message>
    <message>
        <source>Parted by commas; Enter asks, Escape closes the line</source>
        <translation>カンマで区切ります。Enter で質問、Escape で欄を閉じます</translation>
    </message>
    <message>
        <source>Passed over: it is {what}. {remedy}</source>
        <translation>対象外にしました: {what}です。{remedy}</translation>
    </message>
    <message>
        <source>Path copied</source>
        <translation>パスをコピーしました</translation>
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
        <translation>一時停止中 · {count} 枚が待機中</translation>
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
        <source>Photo</source>
        <translation>写真</translation>
    </message>
    <message>
        <source>Photo before or after</source>
        <translation>前・次の写真</translation>
    </message>
    <message>
        <source>Photo copied</source>
        <translation>写真をコピーしました</translation>
    </message>
    <message>
        <source>Photo files</source>
        <translation>写真ファイル</translation>
    </message>
    <message>
        <source>Photo {name}</source>
        <translation>写真 {name}</translation>
    </message>
    <message>
        <source>Photo {n}</source>
        <translation>写真 {n}</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>写真</translation>
    </message>
    <message>
        <source>Photos appear here as they are found. New ones are picked up by themselves.</source>
        <translation>写真は見つかり次第ここに表示されます。新しい写真は自動で取り込まれます。</translation>
    </message>
    <message>
        <source>Photos are compared by their captions. Nothing else comes near to this one, or it has none.</source>
        <translation>写真はキャプションで比較されます。この写真に近いものがないか、キャプションがありません。</translation>
    </message>
    <message>
        <source>Photos by date</source>
        <translation>日付別の写真</translation>
    </message>
    <message>
        <source>Photos by how well the caption fits, where that was looked at.</source>
        <translation>キャプションの一致度による写真（調べてあるもの）。</translation>
    </message>
    <message>
        <source>Photos by who wrote the caption.</source>
        <translation>キャプションの作成者による写真。</translation>
    </message>
    <message>
        <source>Photos for which the model found no caption are listed here, with the reason.</source>
        <translation>モデルがキャプションを付けられなかった写真が、理由とともにここに並びます。</translation>
    </message>
    <message>
        <source>Photos in a folder, named by words of its path or by the whole path, and in those below it.</source>
        <translation>フォルダーとその下にある写真。パスの語またはパス全体で指定します。</translation>
    </message>
    <message>
        <source>Photos in this state.</source>
        <translation>この状態の写真。</translation>
    </message>
    <message>
        <source>Photos of a camera, by words of its name.</source>
        <translation>カメラ名の語による写真。</translation>
    </message>
    <message>
        <source>Photos of a file type.</source>
        <translation>ファイルの種類による写真。</translation>
    </message>
    <message>
        <source>Photos taken then; without a date taken, the file&apos;s counts.</source>
        <translation>その時期に撮影された写真。撮影日がなければファイルの日付で判断します。</translation>
    </message>
    <message>
        <source>Photos that could not be captioned</source>
        <translation>キャプションを付けられなかった写真</translation>
    </message>
    <message>
        <source>Photos that have this.</source>
        <translation>これを持つ写真。</translation>
    </message>
    <message>
        <source>Photos that show the very same picture are listed here.</source>
        <translation>まったく同じ画像の写真がここに一覧表示されます。</translation>
    </message>
    <message>
        <source>Photos that show the very same picture as another, beside each other</source>
        <translation>まったく同じ画像の写真を並べて表示</translation>
    </message>
    <message>
        <source>Photos that were read, and for which the model found no caption</source>
        <translation>読み取れたものの、モデルがキャプションを付けられなかった写真</translation>
    </message>
    <message>
        <source>Photos through a lens, by words of its name.</source>
        <translation>レンズ名の語による写真。</translation>
    </message>
    <message>
        <source>Photos whose files are gone are listed here. Their texts are kept until you remove them.</source>
        <translation>ファイルがなくなった写真がここに一覧表示されます。テキストは削除するまで保持されます。</translation>
    </message>
    <message>
        <source>Photos whose files are no longer where they were; their texts are kept</source>
        <translation>ファイルが元の場所になくなった写真。テキストは保持されます</translation>
    </message>
    <message>
        <source>Photos with a keyword, or one that stands in it; where none has it, with one that has its words.</source>
        <translation>タグ、またはそれを含むタグが付いた写真。なければ、その語を含むタグの写真。</translation>
    </message>
    <message>
        <source>Photos with both words first, then those with one or of like meaning.</source>
        <translation>両方の語を含む写真が先に、次に一方を含むものや意味の近いもの。</translation>
    </message>
    <message>
        <source>Photos with so many stars.</source>
        <translation>この数の星が付いた写真。</translation>
    </message>
    <message>
        <source>Photos with these words in a question that was asked about them, or in its answer.</source>
        <translation>質問またはその回答にこれらの語を含む写真。</translation>
    </message>
    <message>
        <source>Photos with this in the name of their file.</source>
        <translation>ファイル名にこれを含む写真。</translation>
    </message>
    <message>
        <source>Photos without a date of their own are sorted by it. Some programs look at a photo again only when it is newer: switch this off for them.</source>
        <translation>撮影日のない写真はファイルの日時で並びます。新しくなった写真しか見直さないプログラムもあります。その場合はオフにしてください。</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>場所</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Precisions: {precisions}.</source>
        <translation>精度: {precisions}。</translation>
    </message>
    <message>
        <source>Press Enter for the large view</source>
        <translation>Enter で拡大表示</translation>
    </message>
    <message>
        <source>Press to fold</source>
        <translation>押すと折りたたみます</translation>
    </message>
    <message>
        <source>Press to take it off</source>
        <translation>押すと解除します</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>プレビュー</translation>
    </message>
    <message>
        <source>Previous (Left)</source>
        <translation>前へ (←)</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>前の写真</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>プロセッサー</translation>
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
        <source>Propose others</source>
        <translation>ほかを提案</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>やり直しました</translation>
    </message>
    <message>
        <source>Put back what was taken back: {when}?</source>
        <translation>元に戻した内容をやり直しますか？（{when}）</translation>
    </message>
    <message>
        <source>Put back {n} file</source>
        <translation>{n} 個のファイルをやり直す</translation>
    </message>
    <message>
        <source>Put back {n} files</source>
        <translation>{n} 個のファイルをやり直す</translation>
    </message>
    <message>
        <source>Put back: {when}</source>
        <translation>やり直す: {when}</translation>
    </message>
    <message>
        <source>Put back…</source>
        <translation>やり直す…</translation>
    </message>
    <message>
        <source>Put it back, or look through its folder again if it was moved.</source>
        <translation>元に戻すか、移動した場合はそのフォルダーをもう一度調べてください。</translation>
    </message>
    <message>
        <source>Put it in other words.</source>
        <translation>別の言葉にしてください。</translation>
    </message>
    <message>
        <source>Put the hidden tags away</source>
        <translation>非表示のタグをしまう</translation>
    </message>
    <message>
        <source>Putting back {done} of {total}…</source>
        <translation>やり直し中: {done} / {total}…</translation>
    </message>
    <message>
        <source>Putting back…</source>
        <translation>やり直し中…</translation>
    </message>
    <message>
        <source>QUESTIONS</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>Question deleted</source>
        <translation>質問を削除しました</translation>
    </message>
    <message>
        <source>Question to all of these photos</source>
        <translation>これらの写真すべてへの質問</translation>
    </message>
    <message>
        <source>Question: {question}</source>
        <translation>質問: {question}</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Quit BlipDesk</source>
        <translation>BlipDesk を終了</translation>
    </message>
    <message>
        <source>Raise --max-new-tokens.</source>
        <translation>--max-new-tokens を増やしてください。</translation>
    </message>
    <message>
        <source>Raise --num-beams, or leave it out.</source>
        <translation>--num-beams を増やすか、外してください。</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>評価</translation>
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
        <source>Reading this photo stopped the reader twice; it was set aside.</source>
        <translation>この写真の読み取りで読み取りプログラムが 2 回停止したため、除外しました。</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>準備完了</translation>
    </message>
    <message>
        <source>Really stop watching {path}</source>
        <translation>{path} の監視を本当にやめる</translation>
    </message>
    <message>
        <source>Recently added</source>
        <translation>最近追加</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>不採用</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Remove from the library…</source>
        <translation>ライブラリから削除…</translation>
    </message>
    <message>
        <source>Remove it first: blipdesk models remove {key}</source>
        <translation>先に {key} を削除してください。</translation>
    </message>
    <message>
        <source>Remove {model}?</source>
        <translation>{model} を削除しますか？</translation>
    </message>
    <message>
        <source>Remove {words} from the library?</source>
        <translation>{words}をライブラリから削除しますか？</translation>
    </message>
    <message>
        <source>Removed: BlipDesk had made it</source>
        <translation>削除しました: BlipDesk が作ったものです</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>Removing a folder only stops BlipDesk from looking at it. Your files stay where they are, and captions, tags and questions are kept: add the folder again and they are back.</source>
        <translation>フォルダーを削除しても、BlipDesk がそこを見なくなるだけです。ファイルはそのまま残り、キャプション、タグ、質問も保持されます。フォルダーを再び追加すれば元に戻ります。</translation>
    </message>
    <message>
        <source>Removing did not work.</source>
        <translation>削除できませんでした。</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>削除しています…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>名前を変更</translation>
    </message>
    <message>
        <source>Rename the tag {name}</source>
        <translation>タグ{name}の名前を変更</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>名前を変更…</translation>
    </message>
    <message>
        <source>Renaming {old} to {new}</source>
        <translation>{old}を{new}に名前を変更中</translation>
    </message>
    <message>
        <source>Replace captions that people wrote?</source>
        <translation>人が書いたキャプションを置き換えますか？</translation>
    </message>
    <message>
        <source>Replace: the caption takes the place of the person&apos;s, until you take it back.</source>
        <translation>置き換え: 元に戻すまで、元のキャプションの代わりになります。</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>リセット</translation>
    </message>
    <message>
        <source>Reset: {setting}</source>
        <translation>リセット: {setting}</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Resume {model}</source>
        <translation>{model} のダウンロードを再開</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Revert the caption</source>
        <translation>キャプションを元に戻す</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>要確認</translation>
    </message>
    <message>
        <source>Room for that</source>
        <translation>そのための容量</translation>
    </message>
    <message>
        <source>Run git lfs pull in the folder that was cloned.</source>
        <translation>クローンしたフォルダーで git lfs pull を実行してください。</translation>
    </message>
    <message>
        <source>Run {run_id} is passed over.</source>
        <translation>実行 {run_id} は飛ばします。</translation>
    </message>
    <message>
        <source>SEARCH</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Said nearly the same: “{caption}”</source>
        <translation>ほぼ同じ内容: 「{caption}」</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save a copy as JPEG, PNG or TIFF, and that copy is captioned.</source>
        <translation>JPEG、PNG、TIFF のどれかでコピーを保存してください。そのコピーにキャプションが付きます。</translation>
    </message>
    <message>
        <source>Save a smaller copy of it (JPEG may be up to 300 megapixels), and that copy is captioned.</source>
        <translation>小さなコピーを保存してください（JPEG は 300 メガピクセルまで）。そのコピーにキャプションが付きます。</translation>
    </message>
    <message>
        <source>Save a smaller copy of it, and that copy is captioned.</source>
        <translation>小さくしたコピーを保存してください。そのコピーにキャプションが付きます。</translation>
    </message>
    <message>
        <source>Save the caption</source>
        <translation>キャプションを保存</translation>
    </message>
    <message>
        <source>Save the caption (Ctrl+Enter)</source>
        <translation>キャプションを保存 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>この検索を保存</translation>
    </message>
    <message>
        <source>Saved search</source>
        <translation>保存した検索</translation>
    </message>
    <message>
        <source>Saved search {name}</source>
        <translation>保存した検索 {name}</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>保存した検索</translation>
    </message>
    <message>
        <source>Saved: press to let it go</source>
        <translation>保存済み: 押すと解除します</translation>
    </message>
    <message>
        <source>Say where they go: --to sidecar or embed.</source>
        <translation>書き込み先を指定してください: --to sidecar または embed。</translation>
    </message>
    <message>
        <source>Scan its folder again.</source>
        <translation>フォルダーをもう一度調べてください。</translation>
    </message>
    <message>
        <source>Scan the folder again.</source>
        <translation>フォルダーをもう一度調べてください。</translation>
    </message>
    <message>
        <source>Scores captions against their photos, finds photos by meaning: the first choice.</source>
        <translation>キャプションと写真の合い具合を測り、意味で写真を探します: まず選ぶならこれ。</translation>
    </message>
    <message>
        <source>Scores captions more finely than BLIP&apos;s.</source>
        <translation>BLIP のものより細かくキャプションを評価します。</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Search all photos</source>
        <translation>すべての写真を検索</translation>
    </message>
    <message>
        <source>Search captions, tags and file names</source>
        <translation>キャプション、タグ、ファイル名を検索</translation>
    </message>
    <message>
        <source>Search instead for {value}</source>
        <translation>代わりに{value}を検索</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>設定を検索</translation>
    </message>
    <message>
        <source>Search without {words}</source>
        <translation>{words}を除いて検索</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>検索中…</translation>
    </message>
    <message>
        <source>Section {title}</source>
        <translation>セクション {title}</translation>
    </message>
    <message>
        <source>See the log.</source>
        <translation>ログを確認してください。</translation>
    </message>
    <message>
        <source>See what would be written…</source>
        <translation>書き込まれる内容を確認…</translation>
    </message>
    <message>
        <source>Select a photo and press F, or press the star on its picture. Five stars in a file count.</source>
        <translation>写真を選んで F を押すか、写真の星を押してください。ファイルの星 5 つもお気に入りになります。</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>すべて選択</translation>
    </message>
    <message>
        <source>Select all photos of this group (Ctrl+G)</source>
        <translation>このグループの写真をすべて選択 (Ctrl+G)</translation>
    </message>
    <message>
        <source>Select some, or search for others.</source>
        <translation>いくつか選択するか、ほかのものを検索してください。</translation>
    </message>
    <message>
        <source>Select the group</source>
        <translation>グループを選択</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>選択</translation>
    </message>
    <message>
        <source>Send the question</source>
        <translation>質問を送る</translation>
    </message>
    <message>
        <source>Separate them by commas, or name a list: {choices}.</source>
        <translation>カンマで区切るか、リスト名を指定してください: {choices}。</translation>
    </message>
    <message>
        <source>Set it to the token alone, or unset it.</source>
        <translation>トークンだけを設定するか、解除してください。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Settings (Ctrl+,)</source>
        <translation>設定 (Ctrl+,)</translation>
    </message>
    <message>
        <source>Short answers about a photo.</source>
        <translation>写真について短く答えます。</translation>
    </message>
    <message>
        <source>Show again</source>
        <translation>再び表示</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>すべて表示</translation>
    </message>
    <message>
        <source>Show all models</source>
        <translation>すべてのモデルを表示</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>すべての写真を表示</translation>
    </message>
    <message>
        <source>Show all reasons</source>
        <translation>すべての理由を表示</translation>
    </message>
    <message>
        <source>Show all tags</source>
        <translation>すべてのタグを表示</translation>
    </message>
    <message>
        <source>Show earlier questions</source>
        <translation>以前の質問を表示</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>少なく表示</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>ファイルマネージャーで表示</translation>
    </message>
    <message>
        <source>Show more folders</source>
        <translation>ほかのフォルダーを表示</translation>
    </message>
    <message>
        <source>Show older changes</source>
        <translation>以前の変更を表示</translation>
    </message>
    <message>
        <source>Show the answers</source>
        <translation>回答を表示</translation>
    </message>
    <message>
        <source>Show the reasons</source>
        <translation>理由を表示</translation>
    </message>
    <message>
        <source>Show these photos</source>
        <translation>これらの写真を表示</translation>
    </message>
    <message>
        <source>Show these photos and what helps</source>
        <translation>該当する写真と対処方法を表示</translation>
    </message>
    <message>
        <source>Show this photo</source>
        <translation>この写真を表示</translation>
    </message>
    <message>
        <source>Show {name}, which has words not saved yet</source>
        <translation>未保存の内容がある {name} を表示</translation>
    </message>
    <message>
        <source>Show {n} earlier question</source>
        <translation>以前の質問 {n} 件を表示</translation>
    </message>
    <message>
        <source>Show {n} earlier questions</source>
        <translation>以前の質問 {n} 件を表示</translation>
    </message>
    <message>
        <source>Show {n} more model</source>
        <translation>ほか {n} 個のモデルを表示</translation>
    </message>
    <message>
        <source>Show {n} more models</source>
        <translation>ほか {n} 個のモデルを表示</translation>
    </message>
    <message>
        <source>Showing results for {value}.</source>
        <translation>{value}の結果を表示しています。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Size of the photos</source>
        <translation>写真の大きさ</translation>
    </message>
    <message>
        <source>Size of the photos (Ctrl with +, − or the wheel)</source>
        <translation>写真の大きさ (Ctrl と +、−、またはホイール)</translation>
    </message>
    <message>
        <source>Skip all</source>
        <translation>すべてスキップ</translation>
    </message>
    <message>
        <source>Skip: start with an empty library and the demo models</source>
        <translation>スキップ: 空のライブラリとデモモデルで始めます</translation>
    </message>
    <message>
        <source>Smaller numbers are faster and need less memory.</source>
        <translation>数値が小さいほど速く、メモリーも少なくて済みます。</translation>
    </message>
    <message>
        <source>Smaller photos</source>
        <translation>写真を小さく</translation>
    </message>
    <message>
        <source>So long without keyboard and mouse.</source>
        <translation>キーボードやマウスの操作がない時間です。</translation>
    </message>
    <message>
        <source>Something else wrote into it since: left as it is</source>
        <translation>その後に別のプログラムが書き込んだため、そのままです</translation>
    </message>
    <message>
        <source>Something in BlipDesk went wrong</source>
        <translation>BlipDesk でエラーが発生しました</translation>
    </message>
    <message>
        <source>Something unexpected happened.</source>
        <translation>予期しない問題が発生しました。</translation>
    </message>
    <message>
        <source>Sort order</source>
        <translation>並べ替え</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>評価</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Start BlipDesk again to begin with an empty catalog; keep the file that was set aside, its texts may be recovered.</source>
        <translation>もう一度 BlipDesk を起動すると空のカタログで始まります。退避したファイルは残しておいてください。テキストを復元できることがあります。</translation>
    </message>
    <message>
        <source>Start BlipDesk again; please report it with the log.</source>
        <translation>BlipDesk を起動し直し、ログを添えて報告してください。</translation>
    </message>
    <message>
        <source>Start BlipDesk and add a folder.</source>
        <translation>BlipDesk を起動してフォルダーを追加してください。</translation>
    </message>
    <message>
        <source>Start BlipDesk once to upgrade it.</source>
        <translation>BlipDesk を一度起動して更新してください。</translation>
    </message>
    <message>
        <source>Start with the computer</source>
        <translation>コンピューターとともに起動</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>起動中…</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Step {n} of {total}: {step}</source>
        <translation>ステップ {n} / {total}: {step}</translation>
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
        <translation>処理中のファイルの後で停止</translation>
    </message>
    <message>
        <source>Stop answering</source>
        <translation>回答を停止</translation>
    </message>
    <message>
        <source>Stop asking</source>
        <translation>質問を停止</translation>
    </message>
    <message>
        <source>Stop captioning again</source>
        <translation>キャプションの再作成を停止</translation>
    </message>
    <message>
        <source>Stop proposing captions</source>
        <translation>キャプションの提案を停止</translation>
    </message>
    <message>
        <source>Stop watching it?</source>
        <translation>監視をやめますか？</translation>
    </message>
    <message>
        <source>Stop watching this folder</source>
        <translation>このフォルダーの監視をやめる</translation>
    </message>
    <message>
        <source>Stop watching {path}</source>
        <translation>{path} の監視をやめる</translation>
    </message>
    <message>
        <source>Stop: the caption stays as it is</source>
        <translation>停止：キャプションは今のまま残ります</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>停止しました</translation>
    </message>
    <message>
        <source>Stopped after {count}. The others are as they were.</source>
        <translation>{count}で停止しました。ほかはそのままです。</translation>
    </message>
    <message>
        <source>Stopped. {words} The others are as they were.</source>
        <translation>停止しました。{words}ほかのファイルはそのままです。</translation>
    </message>
    <message>
        <source>Stopped: the other photos follow at the next start</source>
        <translation>停止しました。残りの写真は次回の起動時に変更されます</translation>
    </message>
    <message>
        <source>Stopped: {words}</source>
        <translation>停止しました：{words}</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>停止中</translation>
    </message>
    <message>
        <source>Stopping after this file…</source>
        <translation>このファイルの後で停止します…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>停止しています…</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>候補</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>確実</translation>
    </message>
    <message>
        <source>Sure: the checking model finds that the caption fits the photo.</source>
        <translation>確実: 確認モデルによると、このキャプションは写真に合っています。</translation>
    </message>
    <message>
        <source>TAGS</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Tag added</source>
        <translation>タグを追加しました</translation>
    </message>
    <message>
        <source>Tag paths</source>
        <translation>タグのパス</translation>
    </message>
    <message>
        <source>Tag removed</source>
        <translation>タグを削除しました</translation>
    </message>
    <message>
        <source>Tag {name}</source>
        <translation>タグ {name}</translation>
    </message>
    <message>
        <source>Tag {name}, {photos}</source>
        <translation>タグ {name}、{photos}</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Tags added to {n} photo</source>
        <translation>{n} 枚の写真にタグを追加しました</translation>
    </message>
    <message>
        <source>Tags added to {n} photos</source>
        <translation>{n} 枚の写真にタグを追加しました</translation>
    </message>
    <message>
        <source>Tags appear as photos are captioned.</source>
        <translation>写真にキャプションが付くとタグが表示されます。</translation>
    </message>
    <message>
        <source>Tags to choose from</source>
        <translation>選択できるタグ</translation>
    </message>
    <message>
        <source>Take back everything since: {when}</source>
        <translation>これ以降をすべて元に戻す: {when}</translation>
    </message>
    <message>
        <source>Take back everything written since then: {when}?</source>
        <translation>それ以降に書き込んだ内容をすべて元に戻しますか？（{when}）</translation>
    </message>
    <message>
        <source>Take back what was just written?</source>
        <translation>今書き込んだ内容を元に戻しますか？</translation>
    </message>
    <message>
        <source>Take back what was written for {count}?</source>
        <translation>{count}に書き込まれた内容を元に戻しますか？</translation>
    </message>
    <message>
        <source>Take back what was written into the files of the selected photos</source>
        <translation>選択した写真のファイルに書き込まれた内容を元に戻す</translation>
    </message>
    <message>
        <source>Take back what was written: {when}?</source>
        <translation>書き込んだ内容を元に戻しますか？（{when}）</translation>
    </message>
    <message>
        <source>Take back {n} file</source>
        <translation>{n} 個のファイルを元に戻す</translation>
    </message>
    <message>
        <source>Take back {n} files</source>
        <translation>{n} 個のファイルを元に戻す</translation>
    </message>
    <message>
        <source>Take back: {title}, {when}</source>
        <translation>元に戻す: {title}、{when}</translation>
    </message>
    <message>
        <source>Take back…</source>
        <translation>元に戻す…</translation>
    </message>
    <message>
        <source>Take caption back</source>
        <translation>キャプションを元に戻す</translation>
    </message>
    <message>
        <source>Take caption back…</source>
        <translation>キャプションを元に戻す…</translation>
    </message>
    <message>
        <source>Take captions back…</source>
        <translation>キャプションを元に戻す…</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Take off the favourites</source>
        <translation>お気に入りから外す</translation>
    </message>
    <message>
        <source>Take off: {name}</source>
        <translation>解除: {name}</translation>
    </message>
    <message>
        <source>Take the changes back (Esc)</source>
        <translation>変更を取り消す (Esc)</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>撮影日時</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>元に戻しました</translation>
    </message>
    <message>
        <source>Taken back already</source>
        <translation>すでに元に戻されています</translation>
    </message>
    <message>
        <source>Taken back in part</source>
        <translation>一部だけ元に戻しました</translation>
    </message>
    <message>
        <source>Taken back: its sidecar is removed</source>
        <translation>元に戻しました: サイドカーを削除しました</translation>
    </message>
    <message>
        <source>Taken back: the file is as it was before</source>
        <translation>元に戻しました: ファイルは以前の状態です</translation>
    </message>
    <message>
        <source>Taken off the favourites</source>
        <translation>お気に入りから外しました</translation>
    </message>
    <message>
        <source>Taking back</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Taking back {done} of {total}…</source>
        <translation>元に戻しています: {done} / {total}…</translation>
    </message>
    <message>
        <source>Taking back…</source>
        <translation>元に戻しています…</translation>
    </message>
    <message>
        <source>Taking tags back</source>
        <translation>タグを元に戻しています</translation>
    </message>
    <message>
        <source>Taking {tag} off</source>
        <translation>{tag}を削除しています</translation>
    </message>
    <message>
        <source>That did not work.</source>
        <translation>うまくいきませんでした。</translation>
    </message>
    <message>
        <source>That leaves nothing to look for; without it there are {n} photos.</source>
        <translation>これでは探すものがありません。それを除くと {n} 枚あります。</translation>
    </message>
    <message>
        <source>That leaves nothing to look for; without it there is 1 photo.</source>
        <translation>これでは探すものがありません。それを除くと 1 枚あります。</translation>
    </message>
    <message>
        <source>The BlipDesk that holds {data_dir} does not answer.</source>
        <translation>{data_dir} を使用中の BlipDesk が応答しません。</translation>
    </message>
    <message>
        <source>The activity panel says why.</source>
        <translation>理由はアクティビティパネルに表示されます。</translation>
    </message>
    <message>
        <source>The answer is awaited</source>
        <translation>回答を待っています</translation>
    </message>
    <message>
        <source>The answer is being stopped</source>
        <translation>回答を停止しています</translation>
    </message>
    <message>
        <source>The answer of {host} is not that of a model hub ({name}).</source>
        <translation>{host} の応答はモデルハブのものではありません（{name}）。</translation>
    </message>
    <message>
        <source>The answers take {time} at {each} s each; opening the photos and captioning others comes on top.</source>
        <translation>回答の所要時間: {time}（1 件 {each} 秒）。写真を開く時間と、ほかの写真のキャプション作成は別にかかります。</translation>
    </message>
    <message>
        <source>The best answers of BLIP-2.</source>
        <translation>BLIP-2 の中で最もよく答えます。</translation>
    </message>
    <message>
        <source>The calibration of the scores cannot be read.</source>
        <translation>スコアの較正データを読み込めません。</translation>
    </message>
    <message>
        <source>The caption came from the file and stands there.</source>
        <translation>キャプションはファイルから取り込まれ、そこにあります。</translation>
    </message>
    <message>
        <source>The caption comes from the file itself.</source>
        <translation>キャプションはファイル自身のものです。</translation>
    </message>
    <message>
        <source>The caption could not be saved.</source>
        <translation>キャプションを保存できませんでした。</translation>
    </message>
    <message>
        <source>The caption could not be taken back.</source>
        <translation>キャプションを元に戻せませんでした。</translation>
    </message>
    <message>
        <source>The caption could not be written.</source>
        <translation>キャプションを書き込めませんでした。</translation>
    </message>
    <message>
        <source>The caption fits.</source>
        <translation>キャプションが合っています。</translation>
    </message>
    <message>
        <source>The caption goes to a sidecar, because {reason}.</source>
        <translation>キャプションはサイドカーに入れます。理由: {reason}。</translation>
    </message>
    <message>
        <source>The caption is right</source>
        <translation>キャプションは正しい</translation>
    </message>
    <message>
        <source>The caption is right: it needs no review</source>
        <translation>キャプションは正しいので、確認は不要です</translation>
    </message>
    <message>
        <source>The caption is taken back.</source>
        <translation>キャプションを元に戻します。</translation>
    </message>
    <message>
        <source>The caption is too long for the model: it did not come to {word}.</source>
        <translation>キャプションがモデルには長すぎるため、{word}まで読まれませんでした。</translation>
    </message>
    <message>
        <source>The caption may fit.</source>
        <translation>キャプションがおそらく合っています。</translation>
    </message>
    <message>
        <source>The caption may not fit. Change it, or confirm it beside the photo.</source>
        <translation>キャプションが合っていない可能性があります。写真の横で変更または確認してください。</translation>
    </message>
    <message>
        <source>The caption now</source>
        <translation>現在のキャプション</translation>
    </message>
    <message>
        <source>The caption probably does not fit.</source>
        <translation>キャプションがおそらく合っていません。</translation>
    </message>
    <message>
        <source>The caption stands beside the photo now</source>
        <translation>キャプションは写真の横にあります</translation>
    </message>
    <message>
        <source>The caption stands in BlipDesk and in a small file beside the photo.</source>
        <translation>キャプションは BlipDesk と、写真の横の小さなファイルにあります。</translation>
    </message>
    <message>
        <source>The caption stands in BlipDesk and inside the photo.</source>
        <translation>キャプションは BlipDesk と、写真の中にあります。</translation>
    </message>
    <message>
        <source>The caption stands in BlipDesk only.</source>
        <translation>キャプションは BlipDesk の中だけにあります。</translation>
    </message>
    <message>
        <source>The caption stands in the file, or beside it.</source>
        <translation>キャプションはファイルの中または横にあります。</translation>
    </message>
    <message>
        <source>The caption stands in the photo now</source>
        <translation>キャプションは写真の中にあります</translation>
    </message>
    <message>
        <source>The caption stands there already</source>
        <translation>キャプションはすでにあります</translation>
    </message>
    <message>
        <source>The caption stays as it is</source>
        <translation>キャプションは今のままです</translation>
    </message>
    <message>
        <source>The caption was not written</source>
        <translation>キャプションは書き込まれませんでした</translation>
    </message>
    <message>
        <source>The caption will appear here…</source>
        <translation>キャプションはここに表示されます…</translation>
    </message>
    <message>
        <source>The captions could not be read</source>
        <translation>キャプションを読み込めませんでした</translation>
    </message>
    <message>
        <source>The captions of {n} of {total} photos are not read by meaning yet.</source>
        <translation>{total} 枚のうち {n} 枚のキャプションは、まだ意味を読み取っていません。</translation>
    </message>
    <message>
        <source>The captions stay in the catalog only.</source>
        <translation>キャプションはカタログ内だけに残ります。</translation>
    </message>
    <message>
        <source>The catalog cannot be backed up to {folder} ({reason}).</source>
        <translation>カタログを {folder} にバックアップできません（{reason}）。</translation>
    </message>
    <message>
        <source>The catalog cannot be written.</source>
        <translation>カタログに書き込めません。</translation>
    </message>
    <message>
        <source>The catalog in {data_dir} is in use ({holder}).</source>
        <translation>{data_dir} のカタログは使用中です（{holder}）。</translation>
    </message>
    <message>
        <source>The catalog in {data_dir} is in use by another BlipDesk ({holder}).</source>
        <translation>{data_dir} のカタログは別の BlipDesk が使用中です（{holder}）。</translation>
    </message>
    <message>
        <source>The catalog is closed.</source>
        <translation>カタログは閉じられています。</translation>
    </message>
    <message>
        <source>The catalog is damaged.</source>
        <translation>カタログが壊れています。</translation>
    </message>
    <message>
        <source>The catalog is in use by another program.</source>
        <translation>カタログは別のプログラムが使用中です。</translation>
    </message>
    <message>
        <source>The catalog is of an older version.</source>
        <translation>カタログが古いバージョンです。</translation>
    </message>
    <message>
        <source>The catalog knows no photo at {path}.</source>
        <translation>カタログには {path} の写真がありません。</translation>
    </message>
    <message>
        <source>The catalog of {photos} photos is gone from {data_dir}.</source>
        <translation>写真 {photos} 枚のカタログが {data_dir} からなくなっています。</translation>
    </message>
    <message>
        <source>The catalog was opened for reading only.</source>
        <translation>カタログは読み取り専用で開かれています。</translation>
    </message>
    <message>
        <source>The catalog {path} cannot be read ({reason}).</source>
        <translation>カタログ {path} を読み込めません（{reason}）。</translation>
    </message>
    <message>
        <source>The catalog {path} could not be upgraded ({reason}). It is as it was.</source>
        <translation>カタログ {path} を新しい形式に更新できませんでした（{reason}）。元のまま残っています。</translation>
    </message>
    <message>
        <source>The catalog {path} was written by a newer BlipDesk.</source>
        <translation>カタログ {path} は新しいバージョンの BlipDesk で書かれています。</translation>
    </message>
    <message>
        <source>The catalog {path} {reason}.</source>
        <translation>カタログ {path}: {reason}。</translation>
    </message>
    <message>
        <source>The catalog {path} {reason}. It held {photos} photos. It was set aside as {name}; your photos are untouched.</source>
        <translation>カタログ {path}: {reason}。写真 {photos} 枚分の内容がありました。{name} として退避しました。写真には手を付けていません。</translation>
    </message>
    <message>
        <source>The catalog {path} {reason}. It was set aside as {name}; your photos are untouched.</source>
        <translation>カタログ {path}: {reason}。{name} として退避しました。写真には手を付けていません。</translation>
    </message>
    <message>
        <source>The certificate of {host} cannot be verified.</source>
        <translation>{host} の証明書を検証できません。</translation>
    </message>
    <message>
        <source>The changes could not be read.</source>
        <translation>変更を読み込めませんでした。</translation>
    </message>
    <message>
        <source>The check found a fault.</source>
        <translation>検査で不具合が見つかりました。</translation>
    </message>
    <message>
        <source>The checking model failed {count} times, one after the other.</source>
        <translation>確認モデルが続けて {count} 回失敗しました。</translation>
    </message>
    <message>
        <source>The choice {choice} is there twice.</source>
        <translation>選択肢 {choice} が 2 回あります。</translation>
    </message>
    <message>
        <source>The connection broke</source>
        <translation>接続が切れました</translation>
    </message>
    <message>
        <source>The connection to {host} broke again and again.</source>
        <translation>{host} への接続が何度も切れました。</translation>
    </message>
    <message>
        <source>The copy of {key} differs from its source.</source>
        <translation>{key} のコピーが元と異なります。</translation>
    </message>
    <message>
        <source>The data folder {data_dir} cannot be made ({reason}).</source>
        <translation>データフォルダー {data_dir} を作成できません（{reason}）。</translation>
    </message>
    <message>
        <source>The data folder {data_dir} cannot be written ({reason}).</source>
        <translation>データフォルダー {data_dir} に書き込めません（{reason}）。</translation>
    </message>
    <message>
        <source>The decision is kept in BlipDesk.</source>
        <translation>決定は BlipDesk に保存されています。</translation>
    </message>
    <message>
        <source>The demo model answers questions about drawn scenes only. Nothing leaves this computer.</source>
        <translation>デモモデルが答えられるのは描かれた情景についてだけです。このコンピューターの外には何も送信されません。</translation>
    </message>
    <message>
        <source>The demo model only understands drawn scenes</source>
        <translation>デモモデルが理解できるのは描かれた情景だけです</translation>
    </message>
    <message>
        <source>The demo models are built in and quick, but they only understand drawn scenes: fine to look around, not for real photos. You can change this at any time under Settings.</source>
        <translation>デモモデルは組み込み済みで高速ですが、描かれた情景しか理解できません。試すには十分ですが、実際の写真には向きません。設定でいつでも変更できます。</translation>
    </message>
    <message>
        <source>The demo models are part of the program.</source>
        <translation>デモモデルはプログラムの一部です。</translation>
    </message>
    <message>
        <source>The demo models know drawn scenes only: of a real photo they say something odd.</source>
        <translation>デモモデルは描かれた情景しか知らないため、実際の写真にはおかしなことを言います。</translation>
    </message>
    <message>
        <source>The disk</source>
        <translation>ディスク</translation>
    </message>
    <message>
        <source>The disk of {place} is full.</source>
        <translation>{place} のディスクがいっぱいです。</translation>
    </message>
    <message>
        <source>The disk with the catalog failed.</source>
        <translation>カタログのあるディスクで障害が起きました。</translation>
    </message>
    <message>
        <source>The disk with the catalog is full.</source>
        <translation>カタログのあるディスクがいっぱいです。</translation>
    </message>
    <message>
        <source>The download cannot be started: {strerror}.</source>
        <translation>ダウンロードを開始できません: {strerror}。</translation>
    </message>
    <message>
        <source>The download failed for a reason of ours ({name}).</source>
        <translation>BlipDesk 側の理由でダウンロードに失敗しました（{name}）。</translation>
    </message>
    <message>
        <source>The download of {repo} broke off: {error}.</source>
        <translation>{repo} のダウンロードが中断しました: {error}。</translation>
    </message>
    <message>
        <source>The drive is not connected; captions are kept.</source>
        <translation>ドライブが接続されていません。キャプションは保持されます。</translation>
    </message>
    <message>
        <source>The drive of this photo is not connected.</source>
        <translation>この写真のドライブが接続されていません。</translation>
    </message>
    <message>
        <source>The drive of {folder} is not connected. Nothing is lost.</source>
        <translation>{folder} のドライブが接続されていません。失われたものはありません。</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>The file cannot be looked at: {reason}.</source>
        <translation>ファイルを調べられません: {reason}。</translation>
    </message>
    <message>
        <source>The file has another caption than yours</source>
        <translation>ファイルに、あなたのものとは別のキャプションがあります</translation>
    </message>
    <message>
        <source>The file has another caption than yours.</source>
        <translation>ファイルに、あなたのものとは別のキャプションがあります。</translation>
    </message>
    <message>
        <source>The file has another caption than yours: nothing is written until you decide.</source>
        <translation>ファイルに別のキャプションがあります。決定するまで何も書き込まれません。</translation>
    </message>
    <message>
        <source>The file is no longer in its place.</source>
        <translation>ファイルが元の場所にありません。</translation>
    </message>
    <message>
        <source>The file is not there any more</source>
        <translation>ファイルはもうありません</translation>
    </message>
    <message>
        <source>The file is not where it was. Put it back, or remove the photo from the library.</source>
        <translation>ファイルが元の場所にありません。元に戻すか、写真をライブラリから削除してください。</translation>
    </message>
    <message>
        <source>The file is only in the cloud; it is read once it is on this disk.</source>
        <translation>ファイルはクラウド上にだけあります。このディスクに保存されたら読み込みます。</translation>
    </message>
    <message>
        <source>The file is probably damaged; save a copy of it in another program, and that copy is captioned.</source>
        <translation>ファイルが壊れている可能性があります。別のプログラムでコピーを保存すると、そのコピーにキャプションが付きます。</translation>
    </message>
    <message>
        <source>The file is still being copied; the next run takes it in.</source>
        <translation>ファイルはまだコピー中です。次の実行で取り込みます。</translation>
    </message>
    <message>
        <source>The file manager could not be opened.</source>
        <translation>ファイルマネージャーを開けませんでした。</translation>
    </message>
    <message>
        <source>The file says: {caption}</source>
        <translation>ファイルの内容: {caption}</translation>
    </message>
    <message>
        <source>The files are gone already. Their captions, tags, questions and answers are deleted too, and do not come back if the files do. This cannot be undone.</source>
        <translation>ファイルはすでにありません。キャプション、タグ、質問、回答も削除され、ファイルが戻っても復元されません。この操作は取り消せません。</translation>
    </message>
    <message>
        <source>The files keep what they say: captions stay in BlipDesk, as chosen in the settings under Photo files.</source>
        <translation>ファイルの内容はそのままです。設定の「写真ファイル」での選択どおり、キャプションは BlipDesk 内に残ります。</translation>
    </message>
    <message>
        <source>The files of the model {model} were changed while it was in use.</source>
        <translation>モデル {model} のファイルが使用中に変更されました。</translation>
    </message>
    <message>
        <source>The folder cannot be read: {reason}.</source>
        <translation>フォルダーを読み取れません: {reason}。</translation>
    </message>
    <message>
        <source>The folder could not be added.</source>
        <translation>フォルダーを追加できませんでした。</translation>
    </message>
    <message>
        <source>The folder could not be removed.</source>
        <translation>フォルダーを削除できませんでした。</translation>
    </message>
    <message>
        <source>The folder of {name} is read-only.</source>
        <translation>{name} のフォルダーは読み取り専用です。</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be read. Allow your user account to read it.</source>
        <translation>フォルダー {folder} を読み取れません。ユーザーアカウントに読み取りを許可してください。</translation>
    </message>
    <message>
        <source>The folder {folder} is not there.</source>
        <translation>フォルダー {folder} がありません。</translation>
    </message>
    <message>
        <source>The folder {folder} is not there. If it is on a drive, connect it; nothing is lost.</source>
        <translation>フォルダー {folder} がありません。ドライブ上にある場合は接続してください。失われたものはありません。</translation>
    </message>
    <message>
        <source>The folder {models_dir} cannot be written: {reason}.</source>
        <translation>フォルダー {models_dir} に書き込めません: {reason}。</translation>
    </message>
    <message>
        <source>The folder {path} cannot be read.</source>
        <translation>フォルダー {path} を読み取れません。</translation>
    </message>
    <message>
        <source>The folders could not be looked at.</source>
        <translation>フォルダーを確認できませんでした。</translation>
    </message>
    <message>
        <source>The folders could not be looked through.</source>
        <translation>フォルダーを調べられませんでした。</translation>
    </message>
    <message>
        <source>The folders could not be read.</source>
        <translation>フォルダーを読み込めませんでした。</translation>
    </message>
    <message>
        <source>The graphics card stopped working for the model.</source>
        <translation>グラフィックスカードがモデルの処理を止めました。</translation>
    </message>
    <message>
        <source>The hub does not say which revision of {repo} it has.</source>
        <translation>ハブが {repo} のリビジョンを示していません。</translation>
    </message>
    <message>
        <source>The hub gives no checksum for {rfilename} of {repo}.</source>
        <translation>ハブが {repo} の {rfilename} のチェックサムを示していません。</translation>
    </message>
    <message>
        <source>The information stored in this file could not be read.</source>
        <translation>このファイルに保存された情報を読み取れませんでした。</translation>
    </message>
    <message>
        <source>The library could not be opened</source>
        <translation>ライブラリを開けませんでした</translation>
    </message>
    <message>
        <source>The library could not be read</source>
        <translation>ライブラリを読み込めませんでした</translation>
    </message>
    <message>
        <source>The link does not lead to a regular file.</source>
        <translation>リンク先が通常のファイルではありません。</translation>
    </message>
    <message>
        <source>The link leads nowhere.</source>
        <translation>リンク先がありません。</translation>
    </message>
    <message>
        <source>The link leads out of the library; it is not followed.</source>
        <translation>リンク先がライブラリの外にあるため、たどりません。</translation>
    </message>
    <message>
        <source>The link leads to a photo that is in the library already.</source>
        <translation>リンク先の写真はすでにライブラリにあります。</translation>
    </message>
    <message>
        <source>The list of folders could not be read.</source>
        <translation>フォルダーの一覧を読み込めませんでした。</translation>
    </message>
    <message>
        <source>The log file has the details.</source>
        <translation>詳細はログファイルにあります。</translation>
    </message>
    <message>
        <source>The log has more; what was not written is written in the next run.</source>
        <translation>詳細はログにあります。書き込めなかった分は次の実行で書き込まれます。</translation>
    </message>
    <message>
        <source>The machine&apos;s caption is taken out.</source>
        <translation>自動のキャプションを取り除きます。</translation>
    </message>
    <message>
        <source>The machine&apos;s caption was taken out by another program; it is written again where somebody asks for it.</source>
        <translation>自動のキャプションが別のプログラムに取り除かれました。書き込みを指示すると書き直します。</translation>
    </message>
    <message>
        <source>The metadata of this {kind} file is not readable.</source>
        <translation>この {kind} ファイルのメタデータを読み取れません。</translation>
    </message>
    <message>
        <source>The model cannot be copied: {reason}.</source>
        <translation>モデルをコピーできません: {reason}。</translation>
    </message>
    <message>
        <source>The model could not be imported.</source>
        <translation>モデルを取り込めませんでした。</translation>
    </message>
    <message>
        <source>The model failed ({name}).</source>
        <translation>モデルが失敗しました（{name}）。</translation>
    </message>
    <message>
        <source>The model failed on this photo.</source>
        <translation>この写真でモデルが失敗しました。</translation>
    </message>
    <message>
        <source>The model failed on this question.</source>
        <translation>モデルがこの質問で失敗しました。</translation>
    </message>
    <message>
        <source>The model failed on this text.</source>
        <translation>モデルがこの文章で失敗しました。</translation>
    </message>
    <message>
        <source>The model found no sensible answer.</source>
        <translation>モデルは意味のある回答を見つけられませんでした。</translation>
    </message>
    <message>
        <source>The model found no words for this photo.</source>
        <translation>モデルはこの写真を表す言葉を見つけられませんでした。</translation>
    </message>
    <message>
        <source>The model gave {count} captions for {count2} photos.</source>
        <translation>モデルが写真 {count2} 枚に対してキャプションを {count} 個返しました。</translation>
    </message>
    <message>
        <source>The model has no memory for a photo.</source>
        <translation>写真 1 枚分のメモリーがモデルにありません。</translation>
    </message>
    <message>
        <source>The model is busy, or has to be loaded first.</source>
        <translation>モデルは作業中か、読み込みが必要です。</translation>
    </message>
    <message>
        <source>The model is looking</source>
        <translation>モデルが写真を見ています</translation>
    </message>
    <message>
        <source>The model is looking…</source>
        <translation>モデルが写真を見ています…</translation>
    </message>
    <message>
        <source>The model is told of no question before the next one; all stay in the history</source>
        <translation>次の質問より前の質問はモデルに伝えられません。すべて履歴に残ります</translation>
    </message>
    <message>
        <source>The model on this computer answers. Nothing leaves it.</source>
        <translation>このコンピューター上のモデルが回答します。外には何も送信されません。</translation>
    </message>
    <message>
        <source>The model process cannot be started: {strerror}.</source>
        <translation>モデルプロセスを開始できません: {strerror}。</translation>
    </message>
    <message>
        <source>The model process does not know {op}.</source>
        <translation>モデルプロセスは {op} を知りません。</translation>
    </message>
    <message>
        <source>The model process ended unexpectedly ({reason}).</source>
        <translation>モデルのプロセスが予期せず終了しました（{reason}）。</translation>
    </message>
    <message>
        <source>The model process failed ({name}).</source>
        <translation>モデルのプロセスが失敗しました（{name}）。</translation>
    </message>
    <message>
        <source>The model process gave no answer for {minutes} minutes and was ended.</source>
        <translation>モデルプロセスが {minutes} 分間応答しなかったため、終了しました。</translation>
    </message>
    <message>
        <source>The model process was closed.</source>
        <translation>モデルのプロセスは閉じられました。</translation>
    </message>
    <message>
        <source>The model proposes this many captions; the one that it and the checking model find likeliest is kept. Searches find the others too, where they fit. More is slower.</source>
        <translation>モデルがこの数のキャプションを提案し、モデル自身と確認モデルが最も確からしいとしたものを残します。検索ではほかの候補も、合えば見つかります。多いほど遅くなります。</translation>
    </message>
    <message>
        <source>The model said nothing.</source>
        <translation>モデルは何も答えませんでした。</translation>
    </message>
    <message>
        <source>The model stopped twice on this photo; it was set aside.</source>
        <translation>この写真でモデルが 2 回停止したため、除外しました。</translation>
    </message>
    <message>
        <source>The model weighs this many wordings of a caption at once. More is slower, and slightly better.</source>
        <translation>モデルがこの数の言い回しを同時に比べます。多いほど遅くなり、わずかに良くなります。</translation>
    </message>
    <message>
        <source>The model would hardly say any of these by itself: the shares only compare them.</source>
        <translation>モデルが自らこれらを答えることはほとんどありません。割合は互いの比較にすぎません。</translation>
    </message>
    <message>
        <source>The model {key} brings program code of its own ({name} names it), which could do anything on this computer.</source>
        <translation>モデル {key} には独自のプログラムコードがあり（{name} が指定）、このコンピューターで何でも実行できてしまいます。</translation>
    </message>
    <message>
        <source>The model {key} has its weights in PyTorch&apos;s first layout ({name} is a tar archive), which cannot be read without running code that it holds.</source>
        <translation>モデル {key} の重みは PyTorch の最初の形式で（{name} は tar アーカイブ）、含まれるコードを実行しないと読み込めません。</translation>
    </message>
    <message>
        <source>The model {key} has its weights in a format that BlipDesk cannot load.</source>
        <translation>モデル {key} の重みは BlipDesk で読み込めない形式です。</translation>
    </message>
    <message>
        <source>The model {key} is a {kind} without a task that BlipDesk knows ({architectures}).</source>
        <translation>モデル {key} は {kind} ですが、BlipDesk の知るタスクがありません（{architectures}）。</translation>
    </message>
    <message>
        <source>The model {key} is being downloaded, imported or removed by another BlipDesk.</source>
        <translation>モデル {key} は別の BlipDesk がダウンロード、取り込み、または削除中です。</translation>
    </message>
    <message>
        <source>The model {key} is damaged: {manifest} cannot be read.</source>
        <translation>モデル {key} は壊れています: {manifest} を読み込めません。</translation>
    </message>
    <message>
        <source>The model {key} is damaged: {name} cannot be read.</source>
        <translation>モデル {key} は壊れています: {name} を読み込めません。</translation>
    </message>
    <message>
        <source>The model {key} is damaged: {name} is cut off or no weights file.</source>
        <translation>モデル {key} は壊れています: {name} が途中で切れているか、重みファイルではありません。</translation>
    </message>
    <message>
        <source>The model {key} is damaged: {name} is far too large.</source>
        <translation>モデル {key} は壊れています: {name} が大きすぎます。</translation>
    </message>
    <message>
        <source>The model {key} is damaged: {name} is no index.</source>
        <translation>モデル {key} は壊れています: {name} は索引ではありません。</translation>
    </message>
    <message>
        <source>The model {key} is damaged: {name} is no settings file.</source>
        <translation>モデル {key} は壊れています: {name} は設定ファイルではありません。</translation>
    </message>
    <message>
        <source>The model {key} is damaged: {name} was changed or lost.</source>
        <translation>モデル {key} は壊れています: {name} が変更されたか失われました。</translation>
    </message>
    <message>
        <source>The model {key} is incomplete: its tokenizer is missing.</source>
        <translation>モデル {key} は不完全です: トークナイザーがありません。</translation>
    </message>
    <message>
        <source>The model {key} is incomplete: model.safetensors is missing.</source>
        <translation>モデル {key} は不完全です: model.safetensors がありません。</translation>
    </message>
    <message>
        <source>The model {key} is incomplete: {name} is a Git LFS pointer, not the weights.</source>
        <translation>モデル {key} は不完全です: {name} は重みではなく Git LFS のポインターです。</translation>
    </message>
    <message>
        <source>The model {key} is incomplete: {name} is missing.</source>
        <translation>モデル {key} は不完全です: {name} がありません。</translation>
    </message>
    <message>
        <source>The model {key} is incomplete: {preprocessors} is missing.</source>
        <translation>モデル {key} は不完全です: {preprocessors} がありません。</translation>
    </message>
    <message>
        <source>The model {key} is of the kind {value}, which BlipDesk cannot run.</source>
        <translation>モデル {key} は種類 {value} で、BlipDesk では動かせません。</translation>
    </message>
    <message>
        <source>The model {key} on this computer is of {facts}.</source>
        <translation>このコンピューターのモデル {key} は {facts} のものです。</translation>
    </message>
    <message>
        <source>The model {title} cannot be loaded: {error}</source>
        <translation>モデル {title} を読み込めません: {error}</translation>
    </message>
    <message>
        <source>The model {title} cannot run here.</source>
        <translation>モデル {title} はここでは動作しません。</translation>
    </message>
    <message>
        <source>The model {title} cannot say how well captions fit.</source>
        <translation>モデル {title} はキャプションの一致度を判定できません。</translation>
    </message>
    <message>
        <source>The model {title} cannot {work}.</source>
        <translation>モデル {title} にはできません: {work}。</translation>
    </message>
    <message>
        <source>The model {title} does not fit into memory.</source>
        <translation>モデル {title} はメモリーに収まりません。</translation>
    </message>
    <message>
        <source>The model {title} does not fit into the memory for {precision} on {memory}.</source>
        <translation>モデル {title} は {memory} のメモリーに収まりません（{precision}）。</translation>
    </message>
    <message>
        <source>The model {title} does not fit into the memory of the {device} device.</source>
        <translation>モデル {title} は {device} デバイスのメモリーに収まりません。</translation>
    </message>
    <message>
        <source>The model {title} does not run in int8 on {device}.</source>
        <translation>モデル {title} は {device} では int8 で動作しません。</translation>
    </message>
    <message>
        <source>The model {title} is damaged: its image processor&apos;s settings make no sense.</source>
        <translation>モデル {title} は壊れています: 画像プロセッサーの設定が正しくありません。</translation>
    </message>
    <message>
        <source>The model {title} is damaged: {name} holds no numbers.</source>
        <translation>モデル {title} は壊れています: {name} に数値がありません。</translation>
    </message>
    <message>
        <source>The model {title} is not loaded: its weights file is damaged, or holds more than numbers, which could be program code.</source>
        <translation>モデル {title} を読み込みません: 重みファイルが壊れているか、プログラムコードになりうる数値以外のものを含んでいます。</translation>
    </message>
    <message>
        <source>The model {title} is not on this computer.</source>
        <translation>モデル {title} はこのコンピューターにありません。</translation>
    </message>
    <message>
        <source>The model {title} lacks {count} of its weights (such as {missing}): it holds something else.</source>
        <translation>モデル {title} の重みが {count} 個足りません（{missing} など）。中身が別のものです。</translation>
    </message>
    <message>
        <source>The model {title} loads but does not run: {name}.</source>
        <translation>モデル {title} は読み込めますが動作しません: {name}。</translation>
    </message>
    <message>
        <source>The model {title} loads but says nothing about a test picture.</source>
        <translation>モデル {title} は読み込めますが、テスト画像に何も答えません。</translation>
    </message>
    <message>
        <source>The model {title} needs {needed} of memory in {precision} on {memory}; {free} are free.</source>
        <translation>モデル {title} には {memory} のメモリーが {needed} 必要ですが（{precision}）、空きは {free} です。</translation>
    </message>
    <message>
        <source>The model&apos;s caption is replaced by its next one</source>
        <translation>モデルのキャプションは次のものに置き換わります</translation>
    </message>
    <message>
        <source>The model&apos;s captions are replaced by its next ones. This cannot be undone. What people wrote stays.</source>
        <translation>モデルのキャプションは次のものに置き換わります。この操作は取り消せません。人が書いたものは残ります。</translation>
    </message>
    <message>
        <source>The new caption goes below theirs, in a line of its own.</source>
        <translation>新しいキャプションは、その下に独立した行として入ります。</translation>
    </message>
    <message>
        <source>The new caption takes the place of theirs in the file.</source>
        <translation>ファイル内で、新しいキャプションに置き換わります。</translation>
    </message>
    <message>
        <source>The oldest is given up first. A photo needs a few hundred bytes.</source>
        <translation>最も古いものから破棄します。写真 1 枚につき数百バイトです。</translation>
    </message>
    <message>
        <source>The photo already says this.</source>
        <translation>写真にはすでにこの内容があります。</translation>
    </message>
    <message>
        <source>The photo could not be read from the catalog.</source>
        <translation>写真をカタログから読み込めませんでした。</translation>
    </message>
    <message>
        <source>The photo has to come as {size} x {size} pixels.</source>
        <translation>写真は {size} x {size} ピクセルである必要があります。</translation>
    </message>
    <message>
        <source>The photo is no longer in the catalog.</source>
        <translation>写真はもうカタログにありません。</translation>
    </message>
    <message>
        <source>The photo itself still says what BlipDesk wrote into it earlier: writing into the photos brings it up to date, taking that back has it as it was.</source>
        <translation>写真自体には、BlipDesk が以前に書き込んだ内容が残っています。写真に書き込むと新しくなり、その書き込みを元に戻すと以前の状態に戻ります。</translation>
    </message>
    <message>
        <source>The photo was left as it is</source>
        <translation>写真はそのままです</translation>
    </message>
    <message>
        <source>The photo will be captioned again</source>
        <translation>キャプションを作り直します</translation>
    </message>
    <message>
        <source>The photo&apos;s folder is read-only; make it writable, or let captions stay in the catalog.</source>
        <translation>写真のフォルダーが読み取り専用です。書き込めるようにするか、キャプションをカタログに残してください。</translation>
    </message>
    <message>
        <source>The photos could not be looked at.</source>
        <translation>写真を確認できませんでした。</translation>
    </message>
    <message>
        <source>The photos could not be read.</source>
        <translation>写真を読み込めませんでした。</translation>
    </message>
    <message>
        <source>The picture itself shows what you typed</source>
        <translation>入力した内容が写真そのものに写っています</translation>
    </message>
    <message>
        <source>The precision int8 does not run on {device}.</source>
        <translation>精度 int8 は {device} では動作しません。</translation>
    </message>
    <message>
        <source>The precision int8 needs the package bitsandbytes on an NVIDIA card.</source>
        <translation>NVIDIA カードで精度 int8 を使うには bitsandbytes パッケージが必要です。</translation>
    </message>
    <message>
        <source>The process of the download ended unexpectedly.</source>
        <translation>ダウンロードのプロセスが予期せず終了しました。</translation>
    </message>
    <message>
        <source>The process that reads captions by meaning ended twice.</source>
        <translation>キャプションの意味を読むプロセスが 2 回終了しました。</translation>
    </message>
    <message>
        <source>The process that reads captions by meaning gave no answer.</source>
        <translation>キャプションの意味を読むプロセスが応答しませんでした。</translation>
    </message>
    <message>
        <source>The program code of the model {key} is kept elsewhere, and nothing is fetched to be run.</source>
        <translation>モデル {key} のプログラムコードは別の場所にあり、実行のために取得することはありません。</translation>
    </message>
    <message>
        <source>The program code of {title} defines a model that BlipDesk cannot drive: {own_class} is no {name}.</source>
        <translation>{title} のプログラムコードが定義するモデルは BlipDesk で扱えません: {own_class} は {name} ではありません。</translation>
    </message>
    <message>
        <source>The program code of {title} does not run here: {name}: {error}.</source>
        <translation>{title} のプログラムコードはここでは動作しません: {name}: {error}。</translation>
    </message>
    <message>
        <source>The program part that reads photos does not work on this computer now; no photo is to blame.</source>
        <translation>写真を読み込むプログラム部分がこのコンピューターで今は動作しません。写真が原因ではありません。</translation>
    </message>
    <message>
        <source>The proxy cannot be used: {error}.</source>
        <translation>プロキシを使えません: {error}。</translation>
    </message>
    <message>
        <source>The proxy does not let us through to {host} ({error}).</source>
        <translation>プロキシが {host} への接続を許可しません（{error}）。</translation>
    </message>
    <message>
        <source>The proxy wants a name and a password.</source>
        <translation>プロキシにはユーザー名とパスワードが必要です。</translation>
    </message>
    <message>
        <source>The question could not be answered.</source>
        <translation>質問に回答できませんでした。</translation>
    </message>
    <message>
        <source>The question is kept, and asked once that is mended.</source>
        <translation>質問は保存され、問題が直ると実行されます。</translation>
    </message>
    <message>
        <source>The question is kept: it is asked when BlipDesk goes on.</source>
        <translation>質問は保存され、BlipDesk が再開すると実行されます。</translation>
    </message>
    <message>
        <source>The question is too long: {count} characters.</source>
        <translation>質問が長すぎます: {count} 文字。</translation>
    </message>
    <message>
        <source>The rating goes to a sidecar, because {reason}.</source>
        <translation>評価はサイドカーに入れます。理由: {reason}。</translation>
    </message>
    <message>
        <source>The reasons could not be read.</source>
        <translation>理由を読み込めませんでした。</translation>
    </message>
    <message>
        <source>The retrieval model failed on this photo.</source>
        <translation>照合モデルがこの写真で失敗しました。</translation>
    </message>
    <message>
        <source>The same for all {count}</source>
        <translation>{count}すべてに同じ決定を適用</translation>
    </message>
    <message>
        <source>The saved search {name} is deleted</source>
        <translation>保存した検索{name}を削除しました</translation>
    </message>
    <message>
        <source>The saved searches could not be changed.</source>
        <translation>保存した検索を変更できませんでした。</translation>
    </message>
    <message>
        <source>The search by meaning is still being prepared; words find photos meanwhile.</source>
        <translation>意味による検索を準備中です。それまでは語で検索します。</translation>
    </message>
    <message>
        <source>The sentence model is damaged ({why}): search finds by words alone.</source>
        <translation>文章モデルが壊れています（{why}）。検索は語だけで行います。</translation>
    </message>
    <message>
        <source>The sentence model is damaged: search finds by words alone.</source>
        <translation>文章モデルが壊れています。検索は語だけで行います。</translation>
    </message>
    <message>
        <source>The sentence model is not installed: search finds by words alone.</source>
        <translation>文章モデルがインストールされていません。検索は語だけで行います。</translation>
    </message>
    <message>
        <source>The settings could not be saved.</source>
        <translation>設定を保存できませんでした。</translation>
    </message>
    <message>
        <source>The stars are not in the file</source>
        <translation>評価の星はファイルに書かれていません</translation>
    </message>
    <message>
        <source>The tag could not be changed.</source>
        <translation>タグを変更できませんでした。</translation>
    </message>
    <message>
        <source>The tags could not be changed.</source>
        <translation>タグを変更できませんでした。</translation>
    </message>
    <message>
        <source>The tags could not be read.</source>
        <translation>タグを読み込めませんでした。</translation>
    </message>
    <message>
        <source>The text is too long for the model: it did not come to {value}.</source>
        <translation>文章がモデルには長すぎて、{value} まで届きませんでした。</translation>
    </message>
    <message>
        <source>The tokenizer of {title} belongs to another model.</source>
        <translation>{title} のトークナイザーは別のモデルのものです。</translation>
    </message>
    <message>
        <source>The tokenizer of {title} cannot be read.</source>
        <translation>{title} のトークナイザーを読み込めません。</translation>
    </message>
    <message>
        <source>The trash did not work.</source>
        <translation>ゴミ箱を使えませんでした。</translation>
    </message>
    <message>
        <source>The word {word} is not in “{words}”.</source>
        <translation>語 {word} は「{words}」にありません。</translation>
    </message>
    <message>
        <source>The work waits while somebody uses keyboard or mouse. Where the system does not tell, it goes on at any time.</source>
        <translation>キーボードやマウスが使われている間は作業を待ちます。システムから分からない場合は常に続けます。</translation>
    </message>
    <message>
        <source>The work waits while the computer runs on its battery.</source>
        <translation>バッテリーで動作している間は作業を待ちます。</translation>
    </message>
    <message>
        <source>The {title} is missing from this installation.</source>
        <translation>このインストールには {title} がありません。</translation>
    </message>
    <message>
        <source>Their files go to the trash of this computer, from where they can be put back. Captions, tags and answers are kept for when they come back.</source>
        <translation>ファイルはこのコンピューターのゴミ箱に移り、そこから元に戻せます。キャプション、タグ、回答は、戻ったときのために残されます。</translation>
    </message>
    <message>
        <source>Their own captions stay; the new one goes into the comment field, where that is free.</source>
        <translation>元のキャプションは残り、新しいものは空いていればコメント欄に入ります。</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>変更後</translation>
    </message>
    <message>
        <source>There are no words to look for.</source>
        <translation>探す語がありません。</translation>
    </message>
    <message>
        <source>There is a new caption; Esc shows it</source>
        <translation>新しいキャプションがあります。Esc で表示</translation>
    </message>
    <message>
        <source>There is a saved search {name} already</source>
        <translation>保存した検索{name}はすでにあります</translation>
    </message>
    <message>
        <source>There is a tag {name} with {photos}: both become one.</source>
        <translation>タグ{name}（{photos}）がすでにあります。2 つが 1 つになります。</translation>
    </message>
    <message>
        <source>There is no BlipDesk catalog in {data_dir}.</source>
        <translation>{data_dir} に BlipDesk のカタログがありません。</translation>
    </message>
    <message>
        <source>There is no caption to copy</source>
        <translation>コピーするキャプションがありません</translation>
    </message>
    <message>
        <source>There is no caption to write.</source>
        <translation>書き込むキャプションがありません。</translation>
    </message>
    <message>
        <source>There is no catalog in {data_dir} yet.</source>
        <translation>{data_dir} にはまだカタログがありません。</translation>
    </message>
    <message>
        <source>There is no connection to {host}.</source>
        <translation>{host} に接続できません。</translation>
    </message>
    <message>
        <source>There is no file that could be moved to the trash.</source>
        <translation>ゴミ箱に移動できるファイルがありません。</translation>
    </message>
    <message>
        <source>There is no filter “{called}:”. {told}</source>
        <translation>フィルター「{called}:」はありません。{told}</translation>
    </message>
    <message>
        <source>There is no folder {path}.</source>
        <translation>フォルダー {path} がありません。</translation>
    </message>
    <message>
        <source>There is no model here that says how well words fit a photo, or where they are seen.</source>
        <translation>語が写真にどれほど合うか、どこに見えるかを判定できるモデルがありません。</translation>
    </message>
    <message>
        <source>There is no model {name} on this computer.</source>
        <translation>モデル {name} はこのコンピューターにありません。</translation>
    </message>
    <message>
        <source>There is no model {name}.</source>
        <translation>モデル {name} はありません。</translation>
    </message>
    <message>
        <source>There is no model {repo} at {host}, or it is private.</source>
        <translation>{host} にモデル {repo} がないか、非公開です。</translation>
    </message>
    <message>
        <source>There is no model {typed} to download.</source>
        <translation>ダウンロードできるモデル {typed} はありません。</translation>
    </message>
    <message>
        <source>There is no path to copy</source>
        <translation>コピーするパスがありません</translation>
    </message>
    <message>
        <source>There is no permission to read {name}.</source>
        <translation>{name} を読み取る権限がありません。</translation>
    </message>
    <message>
        <source>There is no photo in the folder that could be tried. You can begin all the same.</source>
        <translation>フォルダーに試せる写真がありません。このまま始めることもできます。</translation>
    </message>
    <message>
        <source>There is no photo to ask.</source>
        <translation>質問する写真がありません。</translation>
    </message>
    <message>
        <source>There is no photo {path} in the catalog.</source>
        <translation>写真 {path} はカタログにありません。</translation>
    </message>
    <message>
        <source>There is no question.</source>
        <translation>質問がありません。</translation>
    </message>
    <message>
        <source>There is no run {run_id}.</source>
        <translation>実行 {run_id} はありません。</translation>
    </message>
    <message>
        <source>There is no tag of that name.</source>
        <translation>その名前のタグはありません。</translation>
    </message>
    <message>
        <source>There is no {path}.</source>
        <translation>{path} がありません。</translation>
    </message>
    <message>
        <source>There is nothing new to write</source>
        <translation>新しく書き込むものはありません</translation>
    </message>
    <message>
        <source>There is nothing to download.</source>
        <translation>ダウンロードするものはありません。</translation>
    </message>
    <message>
        <source>There is nothing to undo</source>
        <translation>取り消すものはありません</translation>
    </message>
    <message>
        <source>There is too little room on the disk to write {name} safely.</source>
        <translation>{name} を安全に書き込むにはディスクの空きが足りません。</translation>
    </message>
    <message>
        <source>There was nothing to write.</source>
        <translation>書き込むものはありませんでした。</translation>
    </message>
    <message>
        <source>These are {count} choices.</source>
        <translation>選択肢が {count} 個あります。</translation>
    </message>
    <message>
        <source>These may be alike</source>
        <translation>これらは似ているかもしれません</translation>
    </message>
    <message>
        <source>They are left as they are; everything else goes on.</source>
        <translation>そのままにしておきます。ほかの処理は続行されます。</translation>
    </message>
    <message>
        <source>They could not be queued again.</source>
        <translation>再び待機列に入れられませんでした。</translation>
    </message>
    <message>
        <source>They understand drawn scenes only.</source>
        <translation>描かれた情景だけを理解します。</translation>
    </message>
    <message>
        <source>This checkpoint cannot {work}.</source>
        <translation>このチェックポイントにはできません: {work}。</translation>
    </message>
    <message>
        <source>This computer has no battery: it always runs on mains power.</source>
        <translation>このコンピューターにはバッテリーがなく、常に電源で動作しています。</translation>
    </message>
    <message>
        <source>This computer has no {wanted} device that torch can use.</source>
        <translation>このコンピューターには torch で使える {wanted} デバイスがありません。</translation>
    </message>
    <message>
        <source>This could not be looked at.</source>
        <translation>確認できませんでした。</translation>
    </message>
    <message>
        <source>This could not be saved.</source>
        <translation>保存できませんでした。</translation>
    </message>
    <message>
        <source>This folder has more subfolders than this computer lets BlipDesk watch; it is looked through every minute instead. Raising fs.inotify.max_user_watches makes new photos appear at once.</source>
        <translation>このフォルダーには、このコンピューターで監視できる数より多くのサブフォルダーがあります。代わりに 1 分ごとに調べます。fs.inotify.max_user_watches を増やすと、新しい写真がすぐに現れます。</translation>
    </message>
    <message>
        <source>This folder is not in the catalog (any more).</source>
        <translation>このフォルダーは（もう）カタログにありません。</translation>
    </message>
    <message>
        <source>This is a fault of the program, not of your photos. Captions that were saved are safe. You can go on; if it happens again, quit and start anew. Nothing was sent anywhere.</source>
        <translation>これはプログラムの不具合で、写真の問題ではありません。保存済みのキャプションは無事です。このまま続けられますが、再び起きる場合は終了して起動し直してください。外部には何も送信されていません。</translation>
    </message>
    <message>
        <source>This is its name already.</source>
        <translation>すでにこの名前です。</translation>
    </message>
    <message>
        <source>This library is already open</source>
        <translation>このライブラリはすでに開かれています</translation>
    </message>
    <message>
        <source>This library was made by a newer BlipDesk</source>
        <translation>このライブラリは新しいバージョンの BlipDesk で作られました</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>この一覧</translation>
    </message>
    <message>
        <source>This parenthesis closes nothing: it was passed over.</source>
        <translation>この括弧は何も閉じていないため、無視しました。</translation>
    </message>
    <message>
        <source>This parenthesis is not closed: type ) where the group ends.</source>
        <translation>この括弧が閉じていません。グループの終わりに ) を入力してください。</translation>
    </message>
    <message>
        <source>This photo could not be tried.</source>
        <translation>この写真は試せませんでした。</translation>
    </message>
    <message>
        <source>This photo has no caption yet, by which others like it could be found.</source>
        <translation>この写真にはまだキャプションがないため、似た写真を探せません。</translation>
    </message>
    <message>
        <source>This photo is no longer in the catalog.</source>
        <translation>この写真はもうカタログにありません。</translation>
    </message>
    <message>
        <source>This photo is not in the catalog (any more).</source>
        <translation>この写真は（もう）カタログにありません。</translation>
    </message>
    <message>
        <source>This photo is not in the catalog (any more). Look through its folder again.</source>
        <translation>この写真は（もう）カタログにありません。フォルダーをもう一度調べてください。</translation>
    </message>
    <message>
        <source>This photo&apos;s caption is in a language that the sentence model does not know.</source>
        <translation>この写真のキャプションは、文章モデルが対応していない言語で書かれています。</translation>
    </message>
    <message>
        <source>This photo&apos;s caption is not read by meaning yet.</source>
        <translation>この写真のキャプションは、まだ意味を読み取っていません。</translation>
    </message>
    <message>
        <source>This picture cannot be shown.</source>
        <translation>この写真は表示できません。</translation>
    </message>
    <message>
        <source>This plan writes nothing.</source>
        <translation>この計画では何も書き込みません。</translation>
    </message>
    <message>
        <source>This processor has no bf16 units.</source>
        <translation>このプロセッサーには bf16 演算器がありません。</translation>
    </message>
    <message>
        <source>This question to many photos is not on the list any more.</source>
        <translation>多数の写真へのこの質問は、もう一覧にありません。</translation>
    </message>
    <message>
        <source>This quotation mark has no partner: type another where the phrase ends.</source>
        <translation>この引用符には対がありません。語句の終わりにもう 1 つ入力してください。</translation>
    </message>
    <message>
        <source>This system does not tell when it is idle: the work goes on at any time.</source>
        <translation>このシステムではアイドル状態かどうかが分からないため、作業は常に続行されます。</translation>
    </message>
    <message>
        <source>Those that have a place for it carry their caption inside, the others get the small .xmp file. Not yet tried with programs of Apple and Microsoft.</source>
        <translation>書き込み場所のあるものは中に、ほかは小さな .xmp ファイルに入ります。Apple と Microsoft のプログラムではまだ試していません。</translation>
    </message>
    <message>
        <source>Those that have a place for it carry their caption inside; the pictures themselves are not changed.</source>
        <translation>書き込み場所のあるものは中にキャプションを持ちます。画像そのものは変わりません。</translation>
    </message>
    <message>
        <source>Time left: not known yet</source>
        <translation>残り時間: まだ不明</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>タイトル</translation>
    </message>
    <message>
        <source>To download</source>
        <translation>ダウンロード可能</translation>
    </message>
    <message>
        <source>To restore the newest backup, first copy {backup} to {catalog}. Start BlipDesk again to begin with an empty catalog.</source>
        <translation>最新のバックアップに戻すには、先に {backup} を {catalog} にコピーしてください。そのまま BlipDesk を起動すると、空のカタログで始まります。</translation>
    </message>
    <message>
        <source>To the photos</source>
        <translation>写真へ移動</translation>
    </message>
    <message>
        <source>Today, {time}</source>
        <translation>今日 {time}</translation>
    </message>
    <message>
        <source>Too long ago to take back</source>
        <translation>古すぎて元に戻せません</translation>
    </message>
    <message>
        <source>Too long ago: what stood there is not kept any more</source>
        <translation>古すぎるため、以前の内容はもう保存されていません</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Try again later, or from another network.</source>
        <translation>後でもう一度、または別のネットワークから試してください。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>後でもう一度試してください。</translation>
    </message>
    <message>
        <source>Try again later. {kept}</source>
        <translation>後でもう一度試してください。{kept}</translation>
    </message>
    <message>
        <source>Try again when that is done.</source>
        <translation>それが終わってから、再試行してください。</translation>
    </message>
    <message>
        <source>Try again, choose a smaller model or another device, and check the disk that holds the model.</source>
        <translation>再試行するか、小さなモデルや別のデバイスを選び、モデルのあるディスクを確認してください。</translation>
    </message>
    <message>
        <source>Try again, or choose cpu.</source>
        <translation>再試行するか、cpu を選んでください。</translation>
    </message>
    <message>
        <source>Try again, or with another model.</source>
        <translation>再試行するか、別のモデルを使ってください。</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>もう一度試してください。</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>すべて再試行</translation>
    </message>
    <message>
        <source>Try another photo</source>
        <translation>別の写真を試す</translation>
    </message>
    <message>
        <source>Try another precision or device, or get the checkpoint again.</source>
        <translation>別の精度やデバイスを試すか、チェックポイントを入手し直してください。</translation>
    </message>
    <message>
        <source>Try fewer or other words.</source>
        <translation>語を減らすか、別の語を試してください。</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>試す</translation>
    </message>
    <message>
        <source>Try it again, or another model.</source>
        <translation>もう一度試すか、別のモデルを使ってください。</translation>
    </message>
    <message>
        <source>Try it again.</source>
        <translation>もう一度試してください。</translation>
    </message>
    <message>
        <source>Try it on one of your photos</source>
        <translation>自分の写真で試してみる</translation>
    </message>
    <message>
        <source>Try these again</source>
        <translation>これらを再試行</translation>
    </message>
    <message>
        <source>Trying again</source>
        <translation>もう一度試しています</translation>
    </message>
    <message>
        <source>Trying again did not work.</source>
        <translation>再試行できませんでした。</translation>
    </message>
    <message>
        <source>Trying all of them again</source>
        <translation>すべてもう一度試しています</translation>
    </message>
    <message>
        <source>Trying this photo again</source>
        <translation>この写真をもう一度試しています</translation>
    </message>
    <message>
        <source>Tuned to write captions.</source>
        <translation>キャプションを書くように調整されています。</translation>
    </message>
    <message>
        <source>Tuned to write captions; the best of them.</source>
        <translation>キャプションを書くように調整されています。その中で最良です。</translation>
    </message>
    <message>
        <source>Two captions</source>
        <translation>2 つのキャプション</translation>
    </message>
    <message>
        <source>Type a word.</source>
        <translation>語を入力してください。</translation>
    </message>
    <message>
        <source>Type another one.</source>
        <translation>別の名前を入力してください。</translation>
    </message>
    <message>
        <source>Type one, for example: what is in this picture?</source>
        <translation>たとえば what is in this picture? のように入力してください。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Undo did not work.</source>
        <translation>取り消せませんでした。</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>取り消しました</translation>
    </message>
    <message>
        <source>Unset it. {without}</source>
        <translation>解除してください。{without}</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>不確実</translation>
    </message>
    <message>
        <source>Unsure: check this caption</source>
        <translation>不確実: このキャプションを確認してください</translation>
    </message>
    <message>
        <source>Unsure: the checking model finds that the caption may not fit the photo.</source>
        <translation>不確実: 確認モデルによると、このキャプションは写真に合っていない可能性があります。</translation>
    </message>
    <message>
        <source>Update BlipDesk, or choose another catalog with --data-dir.</source>
        <translation>BlipDesk を更新するか、--data-dir で別のカタログを選んでください。</translation>
    </message>
    <message>
        <source>Update BlipDesk.</source>
        <translation>BlipDesk を更新してください。</translation>
    </message>
    <message>
        <source>Use a model for real photos</source>
        <translation>実際の写真用のモデルを使う</translation>
    </message>
    <message>
        <source>Use as caption</source>
        <translation>キャプションとして使う</translation>
    </message>
    <message>
        <source>Use auto or a number of photos.</source>
        <translation>auto か写真の枚数を指定してください。</translation>
    </message>
    <message>
        <source>Use for answers</source>
        <translation>回答に使う</translation>
    </message>
    <message>
        <source>Use for captions</source>
        <translation>キャプションに使う</translation>
    </message>
    <message>
        <source>Use for checking</source>
        <translation>確認に使う</translation>
    </message>
    <message>
        <source>Use one of {allowed}.</source>
        <translation>{allowed} のいずれかを使ってください。</translation>
    </message>
    <message>
        <source>Use one of {names}.</source>
        <translation>{names} のいずれかを使ってください。</translation>
    </message>
    <message>
        <source>Use that BlipDesk, or close it first.</source>
        <translation>そちらの BlipDesk を使うか、先に閉じてください。</translation>
    </message>
    <message>
        <source>Use that one, or close it first.</source>
        <translation>そちらを使うか、先に閉じてください。</translation>
    </message>
    <message>
        <source>Use this answer as the caption</source>
        <translation>この回答をキャプションとして使う</translation>
    </message>
    <message>
        <source>Use {maximum} at most.</source>
        <translation>最大 {maximum} です。</translation>
    </message>
    <message>
        <source>Use {minimum} to {maximum}.</source>
        <translation>{minimum} から {maximum} の範囲で指定してください。</translation>
    </message>
    <message>
        <source>Usual size</source>
        <translation>標準の大きさ</translation>
    </message>
    <message>
        <source>Vicuna&apos;s and LLaMA&apos;s: for research, not for commercial use</source>
        <translation>Vicuna と LLaMA のもの: 研究用で、商用不可</translation>
    </message>
    <message>
        <source>WAITING</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>WAITING · {count}</source>
        <translation>待機中 · {count}</translation>
    </message>
    <message>
        <source>WINDOW</source>
        <translation>ウィンドウ</translation>
    </message>
    <message>
        <source>WORDS</source>
        <translation>語句</translation>
    </message>
    <message>
        <source>Wait a minute, then try again.</source>
        <translation>1 分待ってから再試行してください。</translation>
    </message>
    <message>
        <source>Wait until that is done.</source>
        <translation>終わるまで待ってください。</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>順番待ち</translation>
    </message>
    <message>
        <source>Waiting until the computer is idle</source>
        <translation>コンピューターがアイドル状態になるのを待っています</translation>
    </message>
    <message>
        <source>Waits for its caption</source>
        <translation>キャプション待ち</translation>
    </message>
    <message>
        <source>Watching {names}</source>
        <translation>{names} を監視中</translation>
    </message>
    <message>
        <source>Watching {names} and {count} more</source>
        <translation>{names} ほか {count} 個を監視中</translation>
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
        <source>Welcome to BlipDesk</source>
        <translation>BlipDesk へようこそ</translation>
    </message>
    <message>
        <source>What BlipDesk wrote can be taken back: a file is then as it was before, byte for byte.</source>
        <translation>BlipDesk が書き込んだ内容は元に戻せます。ファイルは 1 バイトも違わず以前の状態に戻ります。</translation>
    </message>
    <message>
        <source>What HF_TOKEN holds is no token.</source>
        <translation>HF_TOKEN の内容はトークンではありません。</translation>
    </message>
    <message>
        <source>What captions are searched for</source>
        <translation>キャプションから検索する語</translation>
    </message>
    <message>
        <source>What has come is kept: the next download goes on from there.</source>
        <translation>届いた分は保存されています。次のダウンロードは続きから始まります。</translation>
    </message>
    <message>
        <source>What has the name of its sidecar is no file that can be read; move it away.</source>
        <translation>サイドカーの名前のものが、読み取れるファイルではありません。移動してください。</translation>
    </message>
    <message>
        <source>What is being done</source>
        <translation>現在の処理</translation>
    </message>
    <message>
        <source>What is being done (Ctrl+J)</source>
        <translation>現在の処理 (Ctrl+J)</translation>
    </message>
    <message>
        <source>What is kept could not be read.</source>
        <translation>保存されている内容を読み込めませんでした。</translation>
    </message>
    <message>
        <source>What is sorted by best match is not grouped</source>
        <translation>一致度順のときはグループ化されません</translation>
    </message>
    <message>
        <source>What moves by itself while you wait. Bars that show how far something is always do.</source>
        <translation>待っている間に自動で動くもの。進み具合を示すバーは常に動きます。</translation>
    </message>
    <message>
        <source>What run {runs} wrote into it later goes with it.</source>
        <translation>その後に実行 {runs} が書き込んだ内容も一緒に戻ります。</translation>
    </message>
    <message>
        <source>What runs {runs} wrote into it later goes with it.</source>
        <translation>その後に実行 {runs} が書き込んだ内容も一緒に戻ります。</translation>
    </message>
    <message>
        <source>What stood in a file before is kept as long as that.</source>
        <translation>ファイルの以前の内容はこの期間保存されます。</translation>
    </message>
    <message>
        <source>What stood there before is no longer kept: the settings say for how long it is.</source>
        <translation>以前の内容はもう保管されていません。保管期間は設定にあります。</translation>
    </message>
    <message>
        <source>What was dropped is no longer there</source>
        <translation>ドロップされたものはもうありません</translation>
    </message>
    <message>
        <source>What was kept of it is damaged: it was left as it is.</source>
        <translation>保管していた内容が壊れているため、そのままにしました。</translation>
    </message>
    <message>
        <source>What was read of the captions cannot be kept.</source>
        <translation>キャプションから読み取った内容を保存できません。</translation>
    </message>
    <message>
        <source>What was refused or taken back before is tried once more. Everything can be taken back.</source>
        <translation>以前に拒否されたものや元に戻したものも、もう一度試します。すべて元に戻せます。</translation>
    </message>
    <message>
        <source>What was seen in the pictures cannot be kept.</source>
        <translation>写真から読み取った内容を保存できません。</translation>
    </message>
    <message>
        <source>What was written into files can be taken back under Changes to photos.</source>
        <translation>ファイルに書き込まれた内容は「写真への変更」で元に戻せます。</translation>
    </message>
    <message>
        <source>What would be done with some of them, one of each kind first:</source>
        <translation>一部の写真での処理内容（各種類から 1 枚ずつ先に表示）:</translation>
    </message>
    <message>
        <source>What would be done with {count}:</source>
        <translation>{count}での処理内容:</translation>
    </message>
    <message>
        <source>What would be written</source>
        <translation>書き込まれる内容</translation>
    </message>
    <message>
        <source>What you wrote for them in BlipDesk goes. Ctrl+Z brings it back, photo by photo.</source>
        <translation>これらの写真について BlipDesk で書いた内容は消えます。Ctrl+Z で 1 枚ずつ元に戻せます。</translation>
    </message>
    <message>
        <source>Whatever is written can be taken back under Changes to photos.</source>
        <translation>書き込んだ内容はすべて「写真への変更」で元に戻せます。</translation>
    </message>
    <message>
        <source>When captions are written into your photos or beside them, every change is listed here and can be taken back. Where captions go is chosen in the settings.</source>
        <translation>キャプションを写真の中または横に書き込むと、すべての変更がここに一覧表示され、元に戻せます。キャプションの保存先は設定で選べます。</translation>
    </message>
    <message>
        <source>When long work is done, many photos fail, or a drive with photos is gone, while you do something else.</source>
        <translation>ほかの作業中に、長い処理の完了、多くの写真での失敗、写真のあるドライブの切断をお知らせします。</translation>
    </message>
    <message>
        <source>Where a person&apos;s caption stands in the photo already</source>
        <translation>写真にすでに人のキャプションがある場合</translation>
    </message>
    <message>
        <source>Where are your photos?</source>
        <translation>写真はどこにありますか？</translation>
    </message>
    <message>
        <source>Where captions go</source>
        <translation>キャプションの保存先</translation>
    </message>
    <message>
        <source>Where should captions go?</source>
        <translation>キャプションをどこに保存しますか？</translation>
    </message>
    <message>
        <source>Where the caption stands</source>
        <translation>キャプションの保存場所</translation>
    </message>
    <message>
        <source>Where the model runs.</source>
        <translation>モデルを動かす場所です。</translation>
    </message>
    <message>
        <source>Which model should look at them?</source>
        <translation>どのモデルで写真を見ますか？</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>写真全体</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>ウィンドウ</translation>
    </message>
    <message>
        <source>With its window closed, BlipDesk goes on captioning what is new, and waits in the system tray: click its icon there to open the window again, or to quit.</source>
        <translation>ウィンドウを閉じても、BlipDesk は新しい写真のキャプションを作り続け、システムトレイで待機します。そのアイコンをクリックすると、ウィンドウを再び開いたり終了したりできます。</translation>
    </message>
    <message>
        <source>Without a network, import a folder: blipdesk models import DIR.</source>
        <translation>ネットワークがない場合は、モデルのフォルダーを取り込んでください。</translation>
    </message>
    <message>
        <source>Without an answer:</source>
        <translation>回答なし:</translation>
    </message>
    <message>
        <source>Without {words} there are {n} photos.</source>
        <translation>{words} を除くと {n} 枚あります。</translation>
    </message>
    <message>
        <source>Without {words} there is 1 photo.</source>
        <translation>{words} を除くと 1 枚あります。</translation>
    </message>
    <message>
        <source>Wordings to compare</source>
        <translation>比べる言い回しの数</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>語句</translation>
    </message>
    <message>
        <source>Words are drawn without beams.</source>
        <translation>語の無作為選択ではビームを使いません。</translation>
    </message>
    <message>
        <source>Words that every caption continues, such as: a photo of. They are not kept in the caption.</source>
        <translation>すべてのキャプションがこれに続きます（例: a photo of）。この語はキャプションに残りません。</translation>
    </message>
    <message>
        <source>Words that follow one another.</source>
        <translation>この順に並ぶ語。</translation>
    </message>
    <message>
        <source>Words that were not known when yours were typed stand in {place}: {done}</source>
        <translation>入力した時点で知られていなかった言葉が {place} にあります: {done}</translation>
    </message>
    <message>
        <source>Write a caption…</source>
        <translation>キャプションを書く…</translation>
    </message>
    <message>
        <source>Write a dot for the current folder.</source>
        <translation>現在のフォルダーはドットで指定します。</translation>
    </message>
    <message>
        <source>Write all captions now?</source>
        <translation>すべてのキャプションを今書き込みますか？</translation>
    </message>
    <message>
        <source>Write caption</source>
        <translation>キャプションを書き込む</translation>
    </message>
    <message>
        <source>Write captions</source>
        <translation>キャプションを書き込む</translation>
    </message>
    <message>
        <source>Write captions beside your photos?</source>
        <translation>キャプションを写真の横に書き込みますか？</translation>
    </message>
    <message>
        <source>Write captions into HEIC and AVIF photos too?</source>
        <translation>HEIC と AVIF の写真にもキャプションを書き込みますか？</translation>
    </message>
    <message>
        <source>Write captions into your photos?</source>
        <translation>キャプションを写真に書き込みますか？</translation>
    </message>
    <message>
        <source>Write it again</source>
        <translation>もう一度書き込む</translation>
    </message>
    <message>
        <source>Write it beside the photo</source>
        <translation>写真の横に書き込む</translation>
    </message>
    <message>
        <source>Write it into the photo</source>
        <translation>写真に書き込む</translation>
    </message>
    <message>
        <source>Write it now</source>
        <translation>今すぐ書き込む</translation>
    </message>
    <message>
        <source>Write something between all commas.</source>
        <translation>すべてのカンマの間に何か書いてください。</translation>
    </message>
    <message>
        <source>Write the caption yourself, or try another model.</source>
        <translation>自分でキャプションを書くか、別のモデルを試してください。</translation>
    </message>
    <message>
        <source>Writing back</source>
        <translation>書き込み</translation>
    </message>
    <message>
        <source>Writing captions back ended through a bug in BlipDesk ({name}).</source>
        <translation>BlipDesk の不具合でキャプションの書き込みが終了しました（{name}）。</translation>
    </message>
    <message>
        <source>Writing captions: {done} of {total}</source>
        <translation>キャプションを書き込み中: {done} / {total}</translation>
    </message>
    <message>
        <source>Writing {count} of {total}…</source>
        <translation>書き込み中: {count} / {total}…</translation>
    </message>
    <message>
        <source>Writing {count} of {total}… {note}</source>
        <translation>書き込み中: {count} / {total}… {note}</translation>
    </message>
    <message>
        <source>Writing {n} of {total}…</source>
        <translation>書き込み中: {n} / {total}…</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>書き込み中…</translation>
    </message>
    <message>
        <source>Written beside the photo</source>
        <translation>写真の横のファイルに書き込みました</translation>
    </message>
    <message>
        <source>Written by you</source>
        <translation>自分で書いたもの</translation>
    </message>
    <message>
        <source>Written into the photo</source>
        <translation>写真の中に書き込みました</translation>
    </message>
    <message>
        <source>XMP packet</source>
        <translation>XMP パケット</translation>
    </message>
    <message>
        <source>XMP packets</source>
        <translation>XMP パケット</translation>
    </message>
    <message>
        <source>XPComment can only stand inside the photo</source>
        <translation>XPComment は写真の中にしか置けません</translation>
    </message>
    <message>
        <source>Yesterday, {time}</source>
        <translation>昨日 {time}</translation>
    </message>
    <message>
        <source>You confirmed this caption.</source>
        <translation>このキャプションは確認済みです。</translation>
    </message>
    <message>
        <source>You wrote one caption in BlipDesk, and the file has another. Nothing is written over either until you decide.</source>
        <translation>BlipDesk で書いたキャプションと、ファイルにある別のキャプションがあります。決定するまで、どちらも上書きされません。</translation>
    </message>
    <message>
        <source>You wrote one caption, and the file has another</source>
        <translation>自分で書いたキャプションと、ファイルにある別のキャプション</translation>
    </message>
    <message>
        <source>You wrote the caption: nothing replaces it.</source>
        <translation>自分で書いたキャプションは置き換えられません。</translation>
    </message>
    <message>
        <source>Your answer is kept. The settings have it, under Background.</source>
        <translation>回答は保存されます。設定の「バックグラウンド」で変更できます。</translation>
    </message>
    <message>
        <source>Your answers could not be saved.</source>
        <translation>回答を保存できませんでした。</translation>
    </message>
    <message>
        <source>Your caption was taken off</source>
        <translation>あなたのキャプションを外しました</translation>
    </message>
    <message>
        <source>Yours takes the place of the other in each file. This can be taken back under Changes to photos.</source>
        <translation>各ファイルで、もう一方が自分のものに置き換わります。「写真への変更」で元に戻せます。</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>拡大・縮小</translation>
    </message>
    <message>
        <source>a 7-Zip archive, not a picture</source>
        <translation>7-Zip アーカイブ（画像ではありません）</translation>
    </message>
    <message>
        <source>a DDS texture, not a photo</source>
        <translation>DDS テクスチャ（写真ではありません）</translation>
    </message>
    <message>
        <source>a GIMP document</source>
        <translation>GIMP の文書</translation>
    </message>
    <message>
        <source>a HEIF picture of a kind that is not read</source>
        <translation>読み込めない種類の HEIF 画像</translation>
    </message>
    <message>
        <source>a JPEG 2000 picture, which is not read</source>
        <translation>JPEG 2000 画像（読み込めません）</translation>
    </message>
    <message>
        <source>a JPEG XL picture, which is not read yet</source>
        <translation>JPEG XL 画像（まだ読み込めません）</translation>
    </message>
    <message>
        <source>a PDF document, not a photo</source>
        <translation>PDF 文書（写真ではありません）</translation>
    </message>
    <message>
        <source>a Photoshop document</source>
        <translation>Photoshop の文書</translation>
    </message>
    <message>
        <source>a PostScript document, not a photo</source>
        <translation>PostScript 文書（写真ではありません）</translation>
    </message>
    <message>
        <source>a QOI picture, which is not read</source>
        <translation>QOI 画像（読み込めません）</translation>
    </message>
    <message>
        <source>a RAR archive, not a picture</source>
        <translation>RAR アーカイブ（画像ではありません）</translation>
    </message>
    <message>
        <source>a Radiance HDR picture, which is not read</source>
        <translation>Radiance HDR 画像（読み込めません）</translation>
    </message>
    <message>
        <source>a TIFF file is its own EXIF block</source>
        <translation>TIFF ファイルはそれ自体が EXIF ブロックです</translation>
    </message>
    <message>
        <source>a ZIP archive (or an office document), not a picture</source>
        <translation>ZIP アーカイブまたは Office 文書（画像ではありません）</translation>
    </message>
    <message>
        <source>a camera RAW file without a preview in it</source>
        <translation>プレビューのないカメラの RAW ファイル</translation>
    </message>
    <message>
        <source>a caption</source>
        <translation>キャプション</translation>
    </message>
    <message>
        <source>a caption that was added to a person&apos;s stands there</source>
        <translation>人のものに追加されたキャプションがあります</translation>
    </message>
    <message>
        <source>a caption that was typed in BlipDesk stands there</source>
        <translation>BlipDesk で入力されたキャプションがあります</translation>
    </message>
    <message>
        <source>a caption that was written before stands there</source>
        <translation>以前に書き込まれたキャプションがあります</translation>
    </message>
    <message>
        <source>a check of the result failed: a person&apos;s words would have been lost</source>
        <translation>結果の検査に失敗しました: 人の言葉が失われるところでした</translation>
    </message>
    <message>
        <source>a check of the result failed: it would not open as before</source>
        <translation>結果の検査に失敗しました: 以前のように開けなくなるところでした</translation>
    </message>
    <message>
        <source>a check of the result failed: the EXIF block would not have stayed the same</source>
        <translation>結果の検査に失敗しました: EXIF ブロックが同じに保たれないところでした</translation>
    </message>
    <message>
        <source>a check of the result failed: the caption could not be read back</source>
        <translation>結果の検査に失敗しました: キャプションを読み戻せませんでした</translation>
    </message>
    <message>
        <source>a check of the result failed: the picture would not have stayed the same</source>
        <translation>結果の検査に失敗しました: 画像が同じに保たれないところでした</translation>
    </message>
    <message>
        <source>a check of the result failed: the rating could not be taken off again</source>
        <translation>結果の検査に失敗しました: 評価を取り除いて元に戻せませんでした</translation>
    </message>
    <message>
        <source>a compressed archive, not a picture</source>
        <translation>圧縮アーカイブ（画像ではありません）</translation>
    </message>
    <message>
        <source>a cursor file, not a photo</source>
        <translation>カーソルファイル（写真ではありません）</translation>
    </message>
    <message>
        <source>a database, not a picture</source>
        <translation>データベース（画像ではありません）</translation>
    </message>
    <message>
        <source>a device</source>
        <translation>デバイス</translation>
    </message>
    <message>
        <source>a drawing, not a photo</source>
        <translation>図面（写真ではありません）</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>a large part of its metadata</source>
        <translation>メタデータの大部分</translation>
    </message>
    <message>
        <source>a macOS resource file, not a photo</source>
        <translation>macOS のリソースファイル（写真ではありません）</translation>
    </message>
    <message>
        <source>a model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>a part of it is missing: the file is cut off</source>
        <translation>一部が欠けています: ファイルが途中で切れています</translation>
    </message>
    <message>
        <source>a part of it reaches to the file&apos;s end, wherever that is</source>
        <translation>一部が、位置の決まらないファイルの終わりまで続いています</translation>
    </message>
    <message>
        <source>a part of its picture is missing: the file is cut off</source>
        <translation>画像の一部が欠けています: ファイルが途中で切れています</translation>
    </message>
    <message>
        <source>a picture of a kind that is not read</source>
        <translation>読み込めない種類の画像</translation>
    </message>
    <message>
        <source>a pipe</source>
        <translation>パイプ</translation>
    </message>
    <message>
        <source>a place (GPS)</source>
        <translation>場所 (GPS)</translation>
    </message>
    <message>
        <source>a program&apos;s own data stand in {place}</source>
        <translation>{place} にプログラム独自のデータがあります</translation>
    </message>
    <message>
        <source>a program, not a picture</source>
        <translation>プログラム（画像ではありません）</translation>
    </message>
    <message>
        <source>a rating is not written into files of its kind</source>
        <translation>この種類のファイルには評価を書き込みません</translation>
    </message>
    <message>
        <source>a saved web page, not a picture</source>
        <translation>保存されたウェブページ（画像ではありません）</translation>
    </message>
    <message>
        <source>a sidecar file</source>
        <translation>サイドカーファイル</translation>
    </message>
    <message>
        <source>a socket</source>
        <translation>ソケット</translation>
    </message>
    <message>
        <source>a sound or video recording, not a picture</source>
        <translation>音声または動画の記録（画像ではありません）</translation>
    </message>
    <message>
        <source>a sound recording, not a picture</source>
        <translation>音声の記録（画像ではありません）</translation>
    </message>
    <message>
        <source>a text file, not a picture</source>
        <translation>テキストファイル（画像ではありません）</translation>
    </message>
    <message>
        <source>a text in its EXIF block is larger than any</source>
        <translation>EXIF ブロック内の文字列が大きすぎます</translation>
    </message>
    <message>
        <source>a trailer of it counts offsets from the start of the file (AFCP)</source>
        <translation>末尾のデータがファイルの先頭からの位置を数えています（AFCP）</translation>
    </message>
    <message>
        <source>a trailer of it is found by counting from the file&apos;s end</source>
        <translation>末尾のデータがファイルの終わりからの位置で見つけられます</translation>
    </message>
    <message>
        <source>a trailer of its camera is found by counting from the file&apos;s end</source>
        <translation>カメラの末尾データがファイルの終わりからの位置で見つけられます</translation>
    </message>
    <message>
        <source>a video in it is found by counting from the file&apos;s end</source>
        <translation>中の動画がファイルの終わりからの位置で見つけられます</translation>
    </message>
    <message>
        <source>a video, not a photo</source>
        <translation>動画（写真ではありません）</translation>
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
        <source>about {rate} photos a second ({how})</source>
        <translation>毎秒約 {rate} 枚（{how}）</translation>
    </message>
    <message>
        <source>about {seconds} s a photo ({how})</source>
        <translation>1 枚約 {seconds} 秒（{how}）</translation>
    </message>
    <message>
        <source>add tags</source>
        <translation>タグを追加</translation>
    </message>
    <message>
        <source>all</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>all keys</source>
        <translation>すべてのキー</translation>
    </message>
    <message>
        <source>an EXIF directory is cut off</source>
        <translation>EXIF ディレクトリが途中で切れています</translation>
    </message>
    <message>
        <source>an EXIF directory lies outside its block</source>
        <translation>EXIF ディレクトリがブロックの外にあります</translation>
    </message>
    <message>
        <source>an EXIF field has an unknown type</source>
        <translation>EXIF フィールドの型が不明です</translation>
    </message>
    <message>
        <source>an EXIF field points into the block&apos;s own header</source>
        <translation>EXIF フィールドがブロック自身のヘッダーを指しています</translation>
    </message>
    <message>
        <source>an EXIF field reaches beyond its block</source>
        <translation>EXIF フィールドがブロックの外まで続いています</translation>
    </message>
    <message>
        <source>an OpenEXR picture, which is not read</source>
        <translation>OpenEXR 画像（読み込めません）</translation>
    </message>
    <message>
        <source>an SVG drawing, not a photo</source>
        <translation>SVG の図（写真ではありません）</translation>
    </message>
    <message>
        <source>an asked question</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>an icon file, not a photo</source>
        <translation>アイコンファイル（写真ではありません）</translation>
    </message>
    <message>
        <source>an index of its picture data would no longer fit</source>
        <translation>画像データの索引が合わなくなります</translation>
    </message>
    <message>
        <source>an item of it does not lie in the file itself</source>
        <translation>項目の一つがファイル自体の中にありません</translation>
    </message>
    <message>
        <source>an item of it is larger than any metadata block</source>
        <translation>項目の一つがどのメタデータブロックよりも大きいです</translation>
    </message>
    <message>
        <source>an item of it is listed twice</source>
        <translation>項目の一つが二度記載されています</translation>
    </message>
    <message>
        <source>an item of it is stored twice</source>
        <translation>項目の一つが二度保存されています</translation>
    </message>
    <message>
        <source>and one more folder</source>
        <translation>ほか 1 個のフォルダー</translation>
    </message>
    <message>
        <source>and {n} more folders</source>
        <translation>ほか {n} 個のフォルダー</translation>
    </message>
    <message>
        <source>and {n} other</source>
        <translation>ほか {n} 件</translation>
    </message>
    <message>
        <source>and {n} others</source>
        <translation>ほか {n} 件</translation>
    </message>
    <message>
        <source>another caption stands in {place}</source>
        <translation>{place} に別のキャプションがあります</translation>
    </message>
    <message>
        <source>another process</source>
        <translation>別のプロセス</translation>
    </message>
    <message>
        <source>answer questions</source>
        <translation>質問への回答</translation>
    </message>
    <message>
        <source>any day</source>
        <translation>すべての日</translation>
    </message>
    <message>
        <source>ask a question</source>
        <translation>質問する</translation>
    </message>
    <message>
        <source>behind a proxy, set HTTPS_PROXY</source>
        <translation>プロキシを使う場合は HTTPS_PROXY を設定してください</translation>
    </message>
    <message>
        <source>behind it</source>
        <translation>後ろ</translation>
    </message>
    <message>
        <source>being captioned</source>
        <translation>キャプションを作成中</translation>
    </message>
    <message>
        <source>being looked through</source>
        <translation>写真を探しています</translation>
    </message>
    <message>
        <source>blipdesk folders lists them.</source>
        <translation>blipdesk folders で一覧を表示できます。</translation>
    </message>
    <message>
        <source>blipdesk models list shows models that work.</source>
        <translation>使えるモデルは設定に一覧があります。</translation>
    </message>
    <message>
        <source>blipdesk models list shows the names. For a private one, set HF_TOKEN.</source>
        <translation>blipdesk models list で名前を確認できます。非公開のものには HF_TOKEN を設定してください。</translation>
    </message>
    <message>
        <source>blipdesk models list shows what is.</source>
        <translation>blipdesk models list で確認できます。</translation>
    </message>
    <message>
        <source>blipdesk models list shows what there is.</source>
        <translation>blipdesk models list で一覧を表示できます。</translation>
    </message>
    <message>
        <source>blipdesk runs lists them.</source>
        <translation>blipdesk runs で一覧を表示できます。</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>下</translation>
    </message>
    <message>
        <source>bottom left</source>
        <translation>左下</translation>
    </message>
    <message>
        <source>bottom right</source>
        <translation>右下</translation>
    </message>
    <message>
        <source>caption needs review</source>
        <translation>キャプションは要確認</translation>
    </message>
    <message>
        <source>captions are embedded in HEIC and AVIF files only where that is switched on</source>
        <translation>HEIC と AVIF のファイルにキャプションを埋め込むのは、設定で有効にした場合だけです</translation>
    </message>
    <message>
        <source>captions are not embedded in files of its kind</source>
        <translation>この種類のファイルにはキャプションを埋め込みません</translation>
    </message>
    <message>
        <source>could not be captioned</source>
        <translation>キャプションを付けられませんでした</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>読み取れませんでした</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>drive is not connected</source>
        <translation>ドライブが接続されていません</translation>
    </message>
    <message>
        <source>edit the caption</source>
        <translation>キャプションを編集</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空のファイル</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>推定</translation>
    </message>
    <message>
        <source>everything since…</source>
        <translation>これ以降すべて…</translation>
    </message>
    <message>
        <source>exit status {number}</source>
        <translation>終了コード {number}</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>お気に入り</translation>
    </message>
    <message>
        <source>file is missing</source>
        <translation>ファイルが見つかりません</translation>
    </message>
    <message>
        <source>filled with zeros: its content was never written</source>
        <translation>ゼロで埋まったファイル（内容が書き込まれていません）</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>収まります</translation>
    </message>
    <message>
        <source>fits in {precision}</source>
        <translation>収まります（{precision}）</translation>
    </message>
    <message>
        <source>fits the graphics card</source>
        <translation>グラフィックスカードに収まります</translation>
    </message>
    <message>
        <source>fits the graphics card in {precision}</source>
        <translation>グラフィックスカードに収まります（{precision}）</translation>
    </message>
    <message>
        <source>in a sidecar file</source>
        <translation>サイドカーファイルの中</translation>
    </message>
    <message>
        <source>in the catalog only</source>
        <translation>カタログの中だけ</translation>
    </message>
    <message>
        <source>in the photo</source>
        <translation>写真ファイルの中</translation>
    </message>
    <message>
        <source>is being changed by another program.</source>
        <translation>別のプログラムが変更中です。</translation>
    </message>
    <message>
        <source>is damaged (its beginning is no database)</source>
        <translation>壊れています（先頭がデータベースではありません）</translation>
    </message>
    <message>
        <source>is damaged ({what})</source>
        <translation>壊れています（{what}）</translation>
    </message>
    <message>
        <source>is empty (0 bytes)</source>
        <translation>空です（0 バイト）</translation>
    </message>
    <message>
        <source>it cannot be ended</source>
        <translation>終了できません</translation>
    </message>
    <message>
        <source>it carries content credentials (C2PA), which any change would void</source>
        <translation>コンテンツ認証情報（C2PA）があり、変更すると無効になります</translation>
    </message>
    <message>
        <source>it could not be repeated in a sidecar to the letter</source>
        <translation>サイドカーに一字一句そのまま繰り返せません</translation>
    </message>
    <message>
        <source>it does not say how much picture data it has</source>
        <translation>画像データの量が書かれていません</translation>
    </message>
    <message>
        <source>it has more EXIF directories than any camera writes</source>
        <translation>EXIF ディレクトリの数がどのカメラよりも多いです</translation>
    </message>
    <message>
        <source>it has more metadata than any picture</source>
        <translation>メタデータがどの画像よりも多いです</translation>
    </message>
    <message>
        <source>it has no EXIF block, and there is no room for one</source>
        <translation>EXIF ブロックがなく、入れる場所もありません</translation>
    </message>
    <message>
        <source>it has no list of its parts</source>
        <translation>部品の一覧がありません</translation>
    </message>
    <message>
        <source>it has no place for XMP</source>
        <translation>XMP を入れる場所がありません</translation>
    </message>
    <message>
        <source>it has no {what}, and there is no room for one</source>
        <translation>{what} がなく、入れる場所もありません</translation>
    </message>
    <message>
        <source>it has several lists of its parts</source>
        <translation>部品の一覧が複数あります</translation>
    </message>
    <message>
        <source>it has several {what}</source>
        <translation>複数の {what} があります</translation>
    </message>
    <message>
        <source>it holds a part of an unknown kind</source>
        <translation>不明な種類の部品があります</translation>
    </message>
    <message>
        <source>it holds a program&apos;s own data (map data)</source>
        <translation>プログラム独自のデータ（地図データ）があります</translation>
    </message>
    <message>
        <source>it holds a program&apos;s own data ({what})</source>
        <translation>プログラム独自のデータ（{what}）があります</translation>
    </message>
    <message>
        <source>it holds no caption to add one to</source>
        <translation>追加する元のキャプションがありません</translation>
    </message>
    <message>
        <source>it is a BigTIFF file, which few programs could read afterwards</source>
        <translation>BigTIFF ファイルで、変更後に読めるプログラムがほとんどありません</translation>
    </message>
    <message>
        <source>it is a camera&apos;s RAW file</source>
        <translation>カメラの RAW ファイルです</translation>
    </message>
    <message>
        <source>it is a link to a file outside the library</source>
        <translation>ライブラリの外のファイルへのリンクです</translation>
    </message>
    <message>
        <source>it is a sequence of pictures</source>
        <translation>連続した画像です</translation>
    </message>
    <message>
        <source>it is not a JPEG file</source>
        <translation>JPEG ファイルではありません</translation>
    </message>
    <message>
        <source>it is protected</source>
        <translation>保護されています</translation>
    </message>
    <message>
        <source>it is too large to be replaced safely</source>
        <translation>大きすぎて安全に置き換えられません</translation>
    </message>
    <message>
        <source>it is too large: its offsets end at 4 GB</source>
        <translation>大きすぎます: 位置の指定は 4 GB までです</translation>
    </message>
    <message>
        <source>it would become too large for its format</source>
        <translation>この形式には大きすぎるものになります</translation>
    </message>
    <message>
        <source>it would grow too large to be read again</source>
        <translation>大きくなりすぎて読み戻せなくなります</translation>
    </message>
    <message>
        <source>its EXIF block holds no caption to add one to</source>
        <translation>EXIF ブロックに追加する元のキャプションがありません</translation>
    </message>
    <message>
        <source>its EXIF block holds nothing else</source>
        <translation>EXIF ブロックにほかの内容がありません</translation>
    </message>
    <message>
        <source>its EXIF block is about a part of the picture</source>
        <translation>EXIF ブロックが画像の一部についてのものです</translation>
    </message>
    <message>
        <source>its EXIF block is not readable</source>
        <translation>EXIF ブロックを読み取れません</translation>
    </message>
    <message>
        <source>its EXIF block names the caption twice</source>
        <translation>EXIF ブロックにキャプションが二つあります</translation>
    </message>
    <message>
        <source>its EXIF block points at a preview further back in the file</source>
        <translation>EXIF ブロックがファイルの後方のプレビューを指しています</translation>
    </message>
    <message>
        <source>its EXIF block starts in an unusual way</source>
        <translation>EXIF ブロックの始まり方が通常と異なります</translation>
    </message>
    <message>
        <source>its EXIF description</source>
        <translation>EXIF の説明</translation>
    </message>
    <message>
        <source>its EXIF description holds more than a text</source>
        <translation>EXIF の説明に文字以外のものがあります</translation>
    </message>
    <message>
        <source>its EXIF description is in another charset than UTF-8</source>
        <translation>EXIF の説明が UTF-8 以外の文字コードです</translation>
    </message>
    <message>
        <source>its EXIF directories run in a circle</source>
        <translation>EXIF ディレクトリが循環しています</translation>
    </message>
    <message>
        <source>its EXIF preview is not readable</source>
        <translation>EXIF のプレビューを読み取れません</translation>
    </message>
    <message>
        <source>its EXIF preview lies in the block&apos;s own header</source>
        <translation>EXIF のプレビューがブロック自身のヘッダーの中にあります</translation>
    </message>
    <message>
        <source>its EXIF preview reaches beyond its block</source>
        <translation>EXIF のプレビューがブロックの外まで続いています</translation>
    </message>
    <message>
        <source>its EXIF user comment</source>
        <translation>EXIF のユーザーコメント</translation>
    </message>
    <message>
        <source>its HEIF structure is damaged</source>
        <translation>HEIF の構造が壊れています</translation>
    </message>
    <message>
        <source>its IPTC</source>
        <translation>IPTC</translation>
    </message>
    <message>
        <source>its IPTC caption</source>
        <translation>IPTC のキャプション</translation>
    </message>
    <message>
        <source>its PNG description</source>
        <translation>PNG の説明</translation>
    </message>
    <message>
        <source>its TIFF structure is damaged or unusual</source>
        <translation>TIFF の構造が壊れているか、通常と異なります</translation>
    </message>
    <message>
        <source>its XMP</source>
        <translation>XMP</translation>
    </message>
    <message>
        <source>its XMP ({field})</source>
        <translation>XMP（{field}）</translation>
    </message>
    <message>
        <source>its XMP already holds a caption</source>
        <translation>XMP にすでにキャプションがあります</translation>
    </message>
    <message>
        <source>its XMP could not be changed without touching something else</source>
        <translation>ほかに触れずに XMP を変更できません</translation>
    </message>
    <message>
        <source>its XMP has a document type</source>
        <translation>XMP に文書型があります</translation>
    </message>
    <message>
        <source>its XMP has no single RDF part</source>
        <translation>XMP に単一の RDF 部分がありません</translation>
    </message>
    <message>
        <source>its XMP holds a caption in an unusual form</source>
        <translation>XMP のキャプションの形が通常と異なります</translation>
    </message>
    <message>
        <source>its XMP holds keywords in an unusual form</source>
        <translation>XMP のタグの形が通常と異なります</translation>
    </message>
    <message>
        <source>its XMP holds our own mark in an unusual form</source>
        <translation>XMP にある BlipDesk の印の形が通常と異なります</translation>
    </message>
    <message>
        <source>its XMP holds stars in an unusual form</source>
        <translation>XMP の評価の形が通常と異なります</translation>
    </message>
    <message>
        <source>its XMP in {language}</source>
        <translation>XMP（言語: {language}）</translation>
    </message>
    <message>
        <source>its XMP is empty in an unusual way</source>
        <translation>XMP が通常と異なる形で空です</translation>
    </message>
    <message>
        <source>its XMP is nested too deeply</source>
        <translation>XMP の入れ子が深すぎます</translation>
    </message>
    <message>
        <source>its XMP is not in UTF-8</source>
        <translation>XMP が UTF-8 ではありません</translation>
    </message>
    <message>
        <source>its XMP is not well-formed</source>
        <translation>XMP の形式が正しくありません</translation>
    </message>
    <message>
        <source>its XMP is too large</source>
        <translation>XMP が大きすぎます</translation>
    </message>
    <message>
        <source>its XMP packet is larger than any</source>
        <translation>XMP パケットが大きすぎます</translation>
    </message>
    <message>
        <source>its XMP says more things than can be gone through</source>
        <translation>XMP の内容が多すぎて調べきれません</translation>
    </message>
    <message>
        <source>its XMP says one thing many times, which is unusual</source>
        <translation>XMP に同じことが何度も書かれていて、通常と異なります</translation>
    </message>
    <message>
        <source>its XMP says two captions in one place</source>
        <translation>XMP の一か所にキャプションが二つあります</translation>
    </message>
    <message>
        <source>its XPComment</source>
        <translation>XPComment</translation>
    </message>
    <message>
        <source>its XPComment is taken</source>
        <translation>XPComment が使われています</translation>
    </message>
    <message>
        <source>its boxes do not end where the file ends</source>
        <translation>ボックスの終わりがファイルの終わりと一致しません</translation>
    </message>
    <message>
        <source>its camera data stand in a text chunk, which an EXIF block of ours would hide</source>
        <translation>カメラのデータがテキスト領域にあり、EXIF ブロックを書くと隠れてしまいます</translation>
    </message>
    <message>
        <source>its camera maker&apos;s notes reach beyond the EXIF block</source>
        <translation>カメラメーカーのノートが EXIF ブロックの外まで続いています</translation>
    </message>
    <message>
        <source>its drive is not connected</source>
        <translation>ドライブが接続されていません</translation>
    </message>
    <message>
        <source>its first page is no picture</source>
        <translation>最初のページが画像ではありません</translation>
    </message>
    <message>
        <source>its further pictures are chained in an unusual way</source>
        <translation>続きの画像のつながり方が通常と異なります</translation>
    </message>
    <message>
        <source>its header has too many parts</source>
        <translation>ヘッダーの部分が多すぎます</translation>
    </message>
    <message>
        <source>its header is cut off</source>
        <translation>ヘッダーが途中で切れています</translation>
    </message>
    <message>
        <source>its header is damaged</source>
        <translation>ヘッダーが壊れています</translation>
    </message>
    <message>
        <source>its index of further pictures is not readable</source>
        <translation>続きの画像の索引を読み取れません</translation>
    </message>
    <message>
        <source>its items are in too many pieces</source>
        <translation>項目が細かく分かれすぎています</translation>
    </message>
    <message>
        <source>its items are listed in an unusual way</source>
        <translation>項目の記載のしかたが通常と異なります</translation>
    </message>
    <message>
        <source>its items are stored in an unusual way</source>
        <translation>項目の保存のしかたが通常と異なります</translation>
    </message>
    <message>
        <source>its last part is open-ended: whatever is appended would become part of it</source>
        <translation>最後の部分に終わりがなく、追加したものがその一部になってしまいます</translation>
    </message>
    <message>
        <source>its list of parts has no room for the new place of the metadata</source>
        <translation>部品の一覧に、メタデータの新しい位置を書く場所がありません</translation>
    </message>
    <message>
        <source>its metadata are in too many pieces</source>
        <translation>メタデータが細かく分かれすぎています</translation>
    </message>
    <message>
        <source>its metadata block is full</source>
        <translation>メタデータブロックがいっぱいです</translation>
    </message>
    <message>
        <source>its metadata could not be understood</source>
        <translation>メタデータを解釈できませんでした</translation>
    </message>
    <message>
        <source>its metadata do not lie where they could be replaced</source>
        <translation>メタデータが置き換えられる場所にありません</translation>
    </message>
    <message>
        <source>its picture cannot be read</source>
        <translation>画像を読み取れません</translation>
    </message>
    <message>
        <source>its picture is in more pieces than are looked at</source>
        <translation>画像が調べきれないほど細かく分かれています</translation>
    </message>
    <message>
        <source>its process could not work</source>
        <translation>プロセスが動作しませんでした</translation>
    </message>
    <message>
        <source>its sidecar</source>
        <translation>サイドカー</translation>
    </message>
    <message>
        <source>its sidecar ({field})</source>
        <translation>サイドカー（{field}）</translation>
    </message>
    <message>
        <source>its sidecar is too large</source>
        <translation>サイドカーが大きすぎます</translation>
    </message>
    <message>
        <source>its structure is damaged</source>
        <translation>構造が壊れています</translation>
    </message>
    <message>
        <source>its {what} cannot be taken out</source>
        <translation>{what} を取り除けません</translation>
    </message>
    <message>
        <source>keywords alone have no place in it</source>
        <translation>タグだけを入れる場所がありません</translation>
    </message>
    <message>
        <source>large view</source>
        <translation>拡大表示</translation>
    </message>
    <message>
        <source>larger than Pillow looks at</source>
        <translation>Pillow が扱える大きさを超えています</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>1 分未満</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>実測</translation>
    </message>
    <message>
        <source>meets the filters</source>
        <translation>絞り込みの条件に合う</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>中央</translation>
    </message>
    <message>
        <source>more pictures follow it than can be looked at</source>
        <translation>調べきれない数の画像が続いています</translation>
    </message>
    <message>
        <source>near in meaning</source>
        <translation>意味が近い</translation>
    </message>
    <message>
        <source>next</source>
        <translation>次</translation>
    </message>
    <message>
        <source>no caption</source>
        <translation>キャプションなし</translation>
    </message>
    <message>
        <source>no comment</source>
        <translation>コメントなし</translation>
    </message>
    <message>
        <source>no memory</source>
        <translation>メモリーがありません</translation>
    </message>
    <message>
        <source>no ordinary file</source>
        <translation>通常のファイルではないもの</translation>
    </message>
    <message>
        <source>no picture of a kind that is known</source>
        <translation>知られていない種類のもの（画像ではありません）</translation>
    </message>
    <message>
        <source>none</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未接続</translation>
    </message>
    <message>
        <source>nothing is written over it</source>
        <translation>その上には何も書き込みません</translation>
    </message>
    <message>
        <source>nothing is written over them until you decide which stay.</source>
        <translation>どちらを残すか決めるまで、その上には何も書き込みません。</translation>
    </message>
    <message>
        <source>of {n}</source>
        <translation>/ {n}</translation>
    </message>
    <message>
        <source>on each side of it</source>
        <translation>両側</translation>
    </message>
    <message>
        <source>others</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>perhaps</source>
        <translation>おそらく</translation>
    </message>
    <message>
        <source>photos</source>
        <translation>写真</translation>
    </message>
    <message>
        <source>probably not</source>
        <translation>おそらく違う</translation>
    </message>
    <message>
        <source>process {pid} on {host}, since {time}</source>
        <translation>{host} のプロセス {pid}、{time} から</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>除外対象</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>signal {number}</source>
        <translation>シグナル {number}</translation>
    </message>
    <message>
        <source>since {day}</source>
        <translation>{day} 以降</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>停止しました</translation>
    </message>
    <message>
        <source>surely</source>
        <translation>確実</translation>
    </message>
    <message>
        <source>taken at {when}</source>
        <translation>（撮影: {when}）</translation>
    </message>
    <message>
        <source>taken in the {when}</source>
        <translation>（撮影: {when}）</translation>
    </message>
    <message>
        <source>taken in {when}</source>
        <translation>（撮影: {when}）</translation>
    </message>
    <message>
        <source>taken on {when}</source>
        <translation>（撮影: {when}）</translation>
    </message>
    <message>
        <source>taken {when}</source>
        <translation>（撮影: {when}）</translation>
    </message>
    <message>
        <source>tell how well a text fits a photo</source>
        <translation>文章と写真の一致度の判定</translation>
    </message>
    <message>
        <source>that may be alike</source>
        <translation>似ているかもしれない</translation>
    </message>
    <message>
        <source>that may fit</source>
        <translation>一致するかもしれない</translation>
    </message>
    <message>
        <source>the file</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>the file belongs to somebody else or is read-only</source>
        <translation>ファイルが読み取り専用か、他人のものです</translation>
    </message>
    <message>
        <source>the file is gone</source>
        <translation>ファイルがありません</translation>
    </message>
    <message>
        <source>the machine&apos;s is left out, because {reason}</source>
        <translation>自動のキャプションは入れません。理由: {reason}</translation>
    </message>
    <message>
        <source>the machine&apos;s stands behind it</source>
        <translation>自動のキャプションはその後ろに入ります</translation>
    </message>
    <message>
        <source>the machine&apos;s stands in XPComment alone</source>
        <translation>自動のキャプションは XPComment だけに入ります</translation>
    </message>
    <message>
        <source>the machine&apos;s stands instead of it</source>
        <translation>代わりに自動のキャプションが入ります</translation>
    </message>
    <message>
        <source>the model is being loaded</source>
        <translation>モデルを読み込んでいます</translation>
    </message>
    <message>
        <source>the person&apos;s caption stands there</source>
        <translation>人のキャプションがあります</translation>
    </message>
    <message>
        <source>the quotes</source>
        <translation>引用符</translation>
    </message>
    <message>
        <source>the same file stands under several names (hard links), which replacing it would part</source>
        <translation>同じファイルに複数の名前（ハードリンク）があり、置き換えると別々になります</translation>
    </message>
    <message>
        <source>their files are not there</source>
        <translation>ファイルがありません</translation>
    </message>
    <message>
        <source>theme, colours</source>
        <translation>テーマ、配色、色</translation>
    </message>
    <message>
        <source>there are the cameras {names}</source>
        <translation>カメラは {names} があります</translation>
    </message>
    <message>
        <source>there are the folders {names}</source>
        <translation>フォルダーは {names} があります</translation>
    </message>
    <message>
        <source>there are the lenses {names}</source>
        <translation>レンズは {names} があります</translation>
    </message>
    <message>
        <source>there are the tags {names}</source>
        <translation>タグは {names} があります</translation>
    </message>
    <message>
        <source>there are {names}</source>
        <translation>{names} があります</translation>
    </message>
    <message>
        <source>there is the camera {names}</source>
        <translation>カメラは {names} があります</translation>
    </message>
    <message>
        <source>there is the folder {names}</source>
        <translation>フォルダーは {names} があります</translation>
    </message>
    <message>
        <source>there is the lens {names}</source>
        <translation>レンズは {names} があります</translation>
    </message>
    <message>
        <source>there is the tag {names}</source>
        <translation>タグは {names} があります</translation>
    </message>
    <message>
        <source>there is {names}</source>
        <translation>{names} があります</translation>
    </message>
    <message>
        <source>this photo</source>
        <translation>この写真</translation>
    </message>
    <message>
        <source>too large: needs {needed}, {free} free</source>
        <translation>大きすぎます: {needed} 必要ですが、空きは {free} です</translation>
    </message>
    <message>
        <source>too many</source>
        <translation>多すぎる数の</translation>
    </message>
    <message>
        <source>top</source>
        <translation>上</translation>
    </message>
    <message>
        <source>top left</source>
        <translation>左上</translation>
    </message>
    <message>
        <source>top right</source>
        <translation>右上</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>実行中</translation>
    </message>
    <message>
        <source>undo, history</source>
        <translation>元に戻す、取り消し、履歴</translation>
    </message>
    <message>
        <source>unknown error</source>
        <translation>不明なエラー</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>{day} まで</translation>
    </message>
    <message>
        <source>waiting for its caption</source>
        <translation>キャプション待ち</translation>
    </message>
    <message>
        <source>what changes behind it would be taken for a part of it</source>
        <translation>その後ろの変更がその一部と見なされてしまいます</translation>
    </message>
    <message>
        <source>what changes behind its EXIF block would be taken for a part of it</source>
        <translation>EXIF ブロックの後ろの変更がその一部と見なされてしまいます</translation>
    </message>
    <message>
        <source>what stands in {place} could not be read to its end</source>
        <translation>{place} の内容を最後まで読み取れませんでした</translation>
    </message>
    <message>
        <source>without the excluded words</source>
        <translation>除外した語を含まない</translation>
    </message>
    <message>
        <source>write captions</source>
        <translation>キャプションの作成</translation>
    </message>
    <message>
        <source>write, metadata, EXIF, IPTC, XMP, tags, keywords, stars, ratings</source>
        <translation>書き込み、メタデータ、EXIF、IPTC、XMP、タグ、キーワード、星、レーティング、評価</translation>
    </message>
    <message>
        <source>yes, no</source>
        <translation>yes, no</translation>
    </message>
    <message>
        <source>you</source>
        <translation>自分</translation>
    </message>
    <message>
        <source>your own changes</source>
        <translation>自分による変更</translation>
    </message>
    <message>
        <source>{action} ({reason})</source>
        <translation>{action}（{reason}）</translation>
    </message>
    <message>
        <source>{action}: {model}</source>
        <translation>{action}: {model}</translation>
    </message>
    <message>
        <source>{at} of {count}</source>
        <translation>{at} / {count}</translation>
    </message>
    <message>
        <source>{batch_size} is no batch size.</source>
        <translation>{batch_size} はバッチサイズとして使えません。</translation>
    </message>
    <message>
        <source>{candidates} candidates need as many beams.</source>
        <translation>候補 {candidates} 個には同じ数のビームが必要です。</translation>
    </message>
    <message>
        <source>{count} already there</source>
        <translation>{count} 枚はすでにあり</translation>
    </message>
    <message>
        <source>{count} answered before</source>
        <translation>{count} 件は回答済み</translation>
    </message>
    <message>
        <source>{count} beside the photos</source>
        <translation>{count} 枚は写真の横</translation>
    </message>
    <message>
        <source>{count} could not be read</source>
        <translation>{count} 枚を読み取れませんでした</translation>
    </message>
    <message>
        <source>{count} in the photos</source>
        <translation>{count} 枚は写真の中</translation>
    </message>
    <message>
        <source>{count} left as they were</source>
        <translation>{count} 枚はそのまま</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>ほか {count} 件</translation>
    </message>
    <message>
        <source>{count} not written</source>
        <translation>{count} 枚は書き込みなし</translation>
    </message>
    <message>
        <source>{count} of them in part only: the first in the list say why.</source>
        <translation>そのうち {count} 個は一部だけです。理由は一覧の先頭にあります。</translation>
    </message>
    <message>
        <source>{count} of {photos}</source>
        <translation>{count}/{photos} 枚</translation>
    </message>
    <message>
        <source>{count} of {photos} photos have it</source>
        <translation>{photos} 枚中 {count} 枚に付いています</translation>
    </message>
    <message>
        <source>{days}: {photos}</source>
        <translation>{days}: {photos}</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>{device} and the main memory</source>
        <translation>{device} とメインメモリー</translation>
    </message>
    <message>
        <source>{done} of {photos}</source>
        <translation>{photos}中 {done} 枚</translation>
    </message>
    <message>
        <source>{done} of {total} captioned</source>
        <translation>{total} 枚中 {done} 枚にキャプションあり</translation>
    </message>
    <message>
        <source>{done} where most programs look, but not in {places}</source>
        <translation>{done}（多くのプログラムが見る場所。{places} を除く）</translation>
    </message>
    <message>
        <source>{filter} is {days}</source>
        <translation>{filter} は {days}</translation>
    </message>
    <message>
        <source>{filter}: {value}</source>
        <translation>{filter}: {value}</translation>
    </message>
    <message>
        <source>{filter}…</source>
        <translation>{filter}…</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} から {last}</translation>
    </message>
    <message>
        <source>{first} – {last}</source>
        <translation>{first}～{last}</translation>
    </message>
    <message>
        <source>{folders}: its captions stay, and go on when it is back.</source>
        <translation>{folders}: キャプションは残り、再接続すると続行します。</translation>
    </message>
    <message>
        <source>{folder} is no folder.</source>
        <translation>{folder} はフォルダーではありません。</translation>
    </message>
    <message>
        <source>{format}, damaged: only a part could be read</source>
        <translation>{format}（破損しているため、一部だけ読み取れました）</translation>
    </message>
    <message>
        <source>{help} Also {others}.</source>
        <translation>{help}ほかに {others}。</translation>
    </message>
    <message>
        <source>{help} You can change this at any time.</source>
        <translation>{help}いつでも変更できます。</translation>
    </message>
    <message>
        <source>{help}: {values}.</source>
        <translation>{help}: {values}。</translation>
    </message>
    <message>
        <source>{host} answers {status} for {repo}.</source>
        <translation>{host} が {repo} に対して {status} を返しました。</translation>
    </message>
    <message>
        <source>{host} does not accept the token in HF_TOKEN.</source>
        <translation>{host} が HF_TOKEN のトークンを受け付けません。</translation>
    </message>
    <message>
        <source>{host} does not answer.</source>
        <translation>{host} が応答しません。</translation>
    </message>
    <message>
        <source>{host} does not have the wanted revision of {repo}.</source>
        <translation>{host} に {repo} の必要なリビジョンがありません。</translation>
    </message>
    <message>
        <source>{host} has had too many requests from here and asks to wait for {minutes} minutes.</source>
        <translation>ここからの要求が多すぎるため、{host} が {minutes} 分待つよう求めています。</translation>
    </message>
    <message>
        <source>{host} has had too many requests from here and asks to wait.</source>
        <translation>ここからの要求が多すぎるため、{host} が待つよう求めています。</translation>
    </message>
    <message>
        <source>{host} has trouble ({status}).</source>
        <translation>{host} で問題が起きています（{status}）。</translation>
    </message>
    <message>
        <source>{host} is busy ({code})</source>
        <translation>{host} が混み合っています（{code}）</translation>
    </message>
    <message>
        <source>{host} is no web address.</source>
        <translation>{host} は Web アドレスではありません。</translation>
    </message>
    <message>
        <source>{host} lists a file of {repo} that it does not have.</source>
        <translation>{host} の一覧にある {repo} のファイルが存在しません。</translation>
    </message>
    <message>
        <source>{host} refuses to hand out {repo} (403).</source>
        <translation>{host} が {repo} の提供を拒否しました (403)。</translation>
    </message>
    <message>
        <source>{host} sends us round in circles.</source>
        <translation>{host} のリダイレクトが循環しています。</translation>
    </message>
    <message>
        <source>{host} sent {count} bytes in {seconds} seconds</source>
        <translation>{host} からは {seconds} 秒で {count} バイトしか届きませんでした</translation>
    </message>
    <message>
        <source>{label} {value} is out of bounds.</source>
        <translation>{label} {value} は範囲外です。</translation>
    </message>
    <message>
        <source>{label}: {count} characters are too many.</source>
        <translation>{label}: {count} 文字は多すぎます。</translation>
    </message>
    <message>
        <source>{least} to {most} days left</source>
        <translation>残り {least}～{most} 日</translation>
    </message>
    <message>
        <source>{least} to {most} h left</source>
        <translation>残り {least}～{most} 時間</translation>
    </message>
    <message>
        <source>{least} to {most} min left</source>
        <translation>残り {least}～{most} 分</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>{models}, {size}</source>
        <translation>{models}、{size}</translation>
    </message>
    <message>
        <source>{model} (not on this computer)</source>
        <translation>{model}（このコンピューターにありません）</translation>
    </message>
    <message>
        <source>{model} is being loaded…</source>
        <translation>{model} を読み込み中…</translation>
    </message>
    <message>
        <source>{model} is no model: a number of seconds is missing after fake:.</source>
        <translation>{model} はモデルではありません: fake: の後に秒数がありません。</translation>
    </message>
    <message>
        <source>{model} is on this computer now: choose it above.</source>
        <translation>{model} がこのコンピューターに入りました。上で選んでください。</translation>
    </message>
    <message>
        <source>{model} is on this computer now: whole, checked and tried.</source>
        <translation>{model} がこのコンピューターに入りました。検査と試行も済んでいます。</translation>
    </message>
    <message>
        <source>{model} is ready.</source>
        <translation>{model} の準備ができました。</translation>
    </message>
    <message>
        <source>{model} is removed: {size} are free again.</source>
        <translation>{model} を削除しました。{size} が空きました。</translation>
    </message>
    <message>
        <source>{model} on {device}, {precision}</source>
        <translation>{model}（{device}、{precision}）</translation>
    </message>
    <message>
        <source>{model} · chosen by you</source>
        <translation>{model} · 自分で選択</translation>
    </message>
    <message>
        <source>{model} · edited by you</source>
        <translation>{model} · 自分で編集</translation>
    </message>
    <message>
        <source>{model}: every file is as it should be, and it loads in {seconds}.</source>
        <translation>{model}: すべてのファイルが正常で、{seconds}で読み込めます。</translation>
    </message>
    <message>
        <source>{model}: loaded when there is something to caption</source>
        <translation>{model}: キャプションを付ける写真があるときに読み込まれます</translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation>{year}年{month}</translation>
    </message>
    <message>
        <source>{names} and {last}</source>
        <translation>{names}、{last}</translation>
    </message>
    <message>
        <source>{names} are not connected. Captions are kept and stay searchable.</source>
        <translation>{names} が接続されていません。キャプションは保持され、検索できます。</translation>
    </message>
    <message>
        <source>{names} is not connected. Captions are kept and stay searchable.</source>
        <translation>{names} が接続されていません。キャプションは保持され、検索できます。</translation>
    </message>
    <message>
        <source>{name} came damaged: getting it again.</source>
        <translation>{name} が壊れて届いたため、もう一度取得しています。</translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}.</source>
        <translation>{name} を読み取れません: {reason}。</translation>
    </message>
    <message>
        <source>{name} could not be moved to the trash ({reason}). It is where it was.</source>
        <translation>{name} をゴミ箱に移動できませんでした（{reason}）。元の場所にあります。</translation>
    </message>
    <message>
        <source>{name} could not be put back ({reason}). It lies in the trash.</source>
        <translation>{name} を元に戻せませんでした（{reason}）。ゴミ箱にあります。</translation>
    </message>
    <message>
        <source>{name} could not be read from the disk ({reason}).</source>
        <translation>{name} をディスクから読み取れませんでした（{reason}）。</translation>
    </message>
    <message>
        <source>{name} could not be read: the program part that reads photos did not work ({why}).</source>
        <translation>{name} を読み取れませんでした: 写真を読む部分が動作しませんでした（{why}）。</translation>
    </message>
    <message>
        <source>{name} could not be removed: {reason}.</source>
        <translation>{name} を削除できませんでした: {reason}。</translation>
    </message>
    <message>
        <source>{name} could not be replaced: permission denied.</source>
        <translation>{name} を置き換えられませんでした: 権限がありません。</translation>
    </message>
    <message>
        <source>{name} could not be written: {reason}.</source>
        <translation>{name} に書き込めませんでした: {reason}。</translation>
    </message>
    <message>
        <source>{name} has {many} megapixels; the limit for this format is {limit}.</source>
        <translation>{name} は {many} メガピクセルあります。この形式の上限は {limit} です。</translation>
    </message>
    <message>
        <source>{name} holds a picture without any pixels.</source>
        <translation>{name} には画素のない画像が入っています。</translation>
    </message>
    <message>
        <source>{name} holds almost no picture data.</source>
        <translation>{name} には画像データがほとんどありません。</translation>
    </message>
    <message>
        <source>{name} is a link that leads nowhere.</source>
        <translation>{name} はリンク先のないリンクです。</translation>
    </message>
    <message>
        <source>{name} is cut off: it holds almost no picture data.</source>
        <translation>{name} は途中で切れていて、画像データがほとんどありません。</translation>
    </message>
    <message>
        <source>{name} is damaged: its {kind} data cannot be decoded.</source>
        <translation>{name} は壊れています: {kind} データを復号できません。</translation>
    </message>
    <message>
        <source>{name} is hidden; its photos keep it</source>
        <translation>{name}を非表示にしました。写真には残ります</translation>
    </message>
    <message>
        <source>{name} is in the cloud only.</source>
        <translation>{name} はクラウドにしかありません。</translation>
    </message>
    <message>
        <source>{name} is longer at {host} than its listing says</source>
        <translation>{name} は {host} の一覧より長いです</translation>
    </message>
    <message>
        <source>{name} is no longer there.</source>
        <translation>{name} はもうありません。</translation>
    </message>
    <message>
        <source>{name} is no longer watched; its captions are kept</source>
        <translation>{name} の監視をやめました。キャプションは保持されます</translation>
    </message>
    <message>
        <source>{name} is not a regular file.</source>
        <translation>{name} は通常のファイルではありません。</translation>
    </message>
    <message>
        <source>{name} is read-only or belongs to somebody else.</source>
        <translation>{name} は読み取り専用か、他人のものです。</translation>
    </message>
    <message>
        <source>{name} is set: check that proxy</source>
        <translation>{name} が設定されているので、そのプロキシを確認してください</translation>
    </message>
    <message>
        <source>{name} is shorter at {host} than its listing says</source>
        <translation>{name} は {host} の一覧より短いです</translation>
    </message>
    <message>
        <source>{name} is too large to be changed safely.</source>
        <translation>{name} は大きすぎて安全に変更できません。</translation>
    </message>
    <message>
        <source>{name} is {count} large; the limit is {limit}.</source>
        <translation>{name} の大きさは {count} です。上限は {limit} です。</translation>
    </message>
    <message>
        <source>{name} may not be read.</source>
        <translation>{name} の読み取りは許可されていません。</translation>
    </message>
    <message>
        <source>{name} needs more memory to open than is allowed for one photo.</source>
        <translation>{name} を開くには、1 枚の写真に許される以上のメモリーが必要です。</translation>
    </message>
    <message>
        <source>{name} of {repo} came damaged twice from {host} (its checksum is not the one that the hub names), and was thrown away.</source>
        <translation>{repo} の {name} が {host} から 2 回壊れて届いたため（チェックサムがハブのものと不一致）、破棄しました。</translation>
    </message>
    <message>
        <source>{name} stands under several names (hard links), which restoring it would part.</source>
        <translation>{name} には複数の名前（ハードリンク）があり、元に戻すと別々になります。</translation>
    </message>
    <message>
        <source>{name} stays in the trash: there is another file by its name now.</source>
        <translation>{name} はゴミ箱に残ります。同じ名前の別のファイルがあるためです。</translation>
    </message>
    <message>
        <source>{name} stopped the program part that reads photos.</source>
        <translation>{name} で、写真を読む部分が停止しました。</translation>
    </message>
    <message>
        <source>{name} took longer than {seconds} seconds to open.</source>
        <translation>{name} を開くのに {seconds} 秒以上かかりました。</translation>
    </message>
    <message>
        <source>{name} was not read: it is {what}.</source>
        <translation>{name} を読み込みませんでした: {what}です。</translation>
    </message>
    <message>
        <source>{name}, {photos}</source>
        <translation>{name}、{photos}</translation>
    </message>
    <message>
        <source>{name}: cannot read “{value}”. Did you mean {name}:{meant}?</source>
        <translation>{name}: 「{value}」を解釈できません。{name}:{meant} のことですか？</translation>
    </message>
    <message>
        <source>{name}: cannot read “{value}”. Type for instance {name}:{example}.</source>
        <translation>{name}: 「{value}」を解釈できません。例: {name}:{example}。</translation>
    </message>
    <message>
        <source>{name}: does not know “{value}”. It takes {values}.</source>
        <translation>{name}: 「{value}」は使えません。使える値: {values}。</translation>
    </message>
    <message>
        <source>{name}: needs a value, for instance {name}:{example}.</source>
        <translation>{name}: には値が必要です（例: {name}:{example}）。</translation>
    </message>
    <message>
        <source>{name}: {words}</source>
        <translation>{name}: {words}</translation>
    </message>
    <message>
        <source>{near}blipdesk models list shows the names.</source>
        <translation>{near}blipdesk models list で名前を確認できます。</translation>
    </message>
    <message>
        <source>{near}blipdesk models list shows the names; any other: owner/name of its page.</source>
        <translation>{near}blipdesk models list で名前を確認できます。それ以外は、ページの owner/name を指定します。</translation>
    </message>
    <message>
        <source>{n} beside photos</source>
        <translation>{n} 枚は写真の横</translation>
    </message>
    <message>
        <source>{n} beside the photo</source>
        <translation>{n} 枚は写真の横</translation>
    </message>
    <message>
        <source>{n} captions copied</source>
        <translation>{n} 件のキャプションをコピーしました</translation>
    </message>
    <message>
        <source>{n} change</source>
        <translation>{n} 件の変更</translation>
    </message>
    <message>
        <source>{n} changes</source>
        <translation>{n} 件の変更</translation>
    </message>
    <message>
        <source>{n} file as before</source>
        <translation>{n} 個のファイルが以前の状態</translation>
    </message>
    <message>
        <source>{n} file cannot be put back: the first in the list.</source>
        <translation>{n} 個のファイルはやり直せません（一覧の先頭）。</translation>
    </message>
    <message>
        <source>{n} file cannot be taken back: the first in the list.</source>
        <translation>{n} 個のファイルは元に戻せません（一覧の先頭）。</translation>
    </message>
    <message>
        <source>{n} file could not be put back: the first in the list say why.</source>
        <translation>{n} 個のファイルをやり直せませんでした。理由は一覧の先頭にあります。</translation>
    </message>
    <message>
        <source>{n} file could not be taken back: the first in the list say why.</source>
        <translation>{n} 個のファイルを元に戻せませんでした。理由は一覧の先頭にあります。</translation>
    </message>
    <message>
        <source>{n} file could not be written</source>
        <translation>{n} 個のファイルに書き込めませんでした</translation>
    </message>
    <message>
        <source>{n} file gets back, byte for byte, what stood there before BlipDesk wrote.</source>
        <translation>{n} 個のファイルが、BlipDesk が書き込む前の内容に 1 バイトも違わず戻ります。</translation>
    </message>
    <message>
        <source>{n} file gets back, byte for byte, what stood there before it was taken back.</source>
        <translation>{n} 個のファイルが、元に戻す前の内容に 1 バイトも違わず戻ります。</translation>
    </message>
    <message>
        <source>{n} file is as before, byte for byte.</source>
        <translation>{n} 個のファイルが 1 バイトも違わず以前の状態です。</translation>
    </message>
    <message>
        <source>{n} files are as before, byte for byte.</source>
        <translation>{n} 個のファイルが 1 バイトも違わず以前の状態です。</translation>
    </message>
    <message>
        <source>{n} files as before</source>
        <translation>{n} 個のファイルが以前の状態</translation>
    </message>
    <message>
        <source>{n} files cannot be put back: the first in the list.</source>
        <translation>{n} 個のファイルはやり直せません（一覧の先頭）。</translation>
    </message>
    <message>
        <source>{n} files cannot be taken back: the first in the list.</source>
        <translation>{n} 個のファイルは元に戻せません（一覧の先頭）。</translation>
    </message>
    <message>
        <source>{n} files could not be put back: the first in the list say why.</source>
        <translation>{n} 個のファイルをやり直せませんでした。理由は一覧の先頭にあります。</translation>
    </message>
    <message>
        <source>{n} files could not be taken back: the first in the list say why.</source>
        <translation>{n} 個のファイルを元に戻せませんでした。理由は一覧の先頭にあります。</translation>
    </message>
    <message>
        <source>{n} files could not be written</source>
        <translation>{n} 個のファイルに書き込めませんでした</translation>
    </message>
    <message>
        <source>{n} files get back, byte for byte, what stood there before BlipDesk wrote.</source>
        <translation>{n} 個のファイルが、BlipDesk が書き込む前の内容に 1 バイトも違わず戻ります。</translation>
    </message>
    <message>
        <source>{n} files get back, byte for byte, what stood there before it was taken back.</source>
        <translation>{n} 個のファイルが、元に戻す前の内容に 1 バイトも違わず戻ります。</translation>
    </message>
    <message>
        <source>{n} hidden tag</source>
        <translation>非表示のタグ {n} 個</translation>
    </message>
    <message>
        <source>{n} hidden tags</source>
        <translation>非表示のタグ {n} 個</translation>
    </message>
    <message>
        <source>{n} hours</source>
        <translation>{n} 時間</translation>
    </message>
    <message>
        <source>{n} in photos</source>
        <translation>{n} 枚は写真の中</translation>
    </message>
    <message>
        <source>{n} in the photo</source>
        <translation>{n} 枚は写真の中</translation>
    </message>
    <message>
        <source>{n} left as it is</source>
        <translation>{n} 個はそのまま</translation>
    </message>
    <message>
        <source>{n} left as it was</source>
        <translation>{n} 枚はそのまま</translation>
    </message>
    <message>
        <source>{n} left as they are</source>
        <translation>{n} 個はそのまま</translation>
    </message>
    <message>
        <source>{n} left as they were</source>
        <translation>{n} 枚はそのまま</translation>
    </message>
    <message>
        <source>{n} match</source>
        <translation>{n} 件一致</translation>
    </message>
    <message>
        <source>{n} matches</source>
        <translation>{n} 件一致</translation>
    </message>
    <message>
        <source>{n} minutes</source>
        <translation>{n} 分</translation>
    </message>
    <message>
        <source>{n} model beside the demo models</source>
        <translation>デモモデルのほかに {n} 個</translation>
    </message>
    <message>
        <source>{n} models beside the demo models</source>
        <translation>デモモデルのほかに {n} 個</translation>
    </message>
    <message>
        <source>{n} more camera</source>
        <translation>ほか {n} 台のカメラ</translation>
    </message>
    <message>
        <source>{n} more cameras</source>
        <translation>ほか {n} 台のカメラ</translation>
    </message>
    <message>
        <source>{n} more maybe</source>
        <translation>ほかに候補 {n} 枚</translation>
    </message>
    <message>
        <source>{n} more stayed too.</source>
        <translation>ほかに {n} 枚も残りました。</translation>
    </message>
    <message>
        <source>{n} not taken back</source>
        <translation>{n} 個は戻していません</translation>
    </message>
    <message>
        <source>{n} not written</source>
        <translation>{n} 枚は書き込みなし</translation>
    </message>
    <message>
        <source>{n} of {most} stars</source>
        <translation>星 {most} 個中 {n} 個</translation>
    </message>
    <message>
        <source>{n} older change can no longer be taken back.</source>
        <translation>以前の変更 {n} 件はもう元に戻せません。</translation>
    </message>
    <message>
        <source>{n} older changes can no longer be taken back.</source>
        <translation>以前の変更 {n} 件はもう元に戻せません。</translation>
    </message>
    <message>
        <source>{n} other folder could not be reached either.</source>
        <translation>ほかに {n} 個のフォルダーにもアクセスできませんでした。</translation>
    </message>
    <message>
        <source>{n} other folders could not be reached either.</source>
        <translation>ほかに {n} 個のフォルダーにもアクセスできませんでした。</translation>
    </message>
    <message>
        <source>{n} paths copied</source>
        <translation>{n} 件のパスをコピーしました</translation>
    </message>
    <message>
        <source>{n} photo</source>
        <translation>写真 {n} 枚</translation>
    </message>
    <message>
        <source>{n} photo could not be read.</source>
        <translation>{n} 枚の写真を読み取れませんでした。</translation>
    </message>
    <message>
        <source>{n} photo has a caption.</source>
        <translation>{n} 枚の写真にキャプションがあります。</translation>
    </message>
    <message>
        <source>{n} photo has words not saved yet</source>
        <translation>{n} 枚の写真に未保存の内容があります</translation>
    </message>
    <message>
        <source>{n} photo is back</source>
        <translation>{n} 枚の写真を元に戻しました</translation>
    </message>
    <message>
        <source>{n} photo is tried again.</source>
        <translation>{n} 枚の写真をもう一度試します。</translation>
    </message>
    <message>
        <source>{n} photo moved to the trash</source>
        <translation>{n} 枚の写真をゴミ箱に移動しました</translation>
    </message>
    <message>
        <source>{n} photo removed from the library</source>
        <translation>{n} 枚の写真をライブラリから削除しました</translation>
    </message>
    <message>
        <source>{n} photo selected</source>
        <translation>{n} 枚の写真を選択中</translation>
    </message>
    <message>
        <source>{n} photo waits</source>
        <translation>写真 {n} 枚が待機中</translation>
    </message>
    <message>
        <source>{n} photo was captioned.</source>
        <translation>{n} 枚の写真にキャプションが付きました。</translation>
    </message>
    <message>
        <source>{n} photos</source>
        <translation>写真 {n} 枚</translation>
    </message>
    <message>
        <source>{n} photos added to the favourites</source>
        <translation>お気に入りに {n} 枚追加しました</translation>
    </message>
    <message>
        <source>{n} photos are back</source>
        <translation>{n} 枚の写真を元に戻しました</translation>
    </message>
    <message>
        <source>{n} photos are tried again.</source>
        <translation>{n} 枚の写真をもう一度試します。</translation>
    </message>
    <message>
        <source>{n} photos copied</source>
        <translation>{n} 枚の写真をコピーしました</translation>
    </message>
    <message>
        <source>{n} photos could not be read.</source>
        <translation>{n} 枚の写真を読み取れませんでした。</translation>
    </message>
    <message>
        <source>{n} photos have captions.</source>
        <translation>{n} 枚の写真にキャプションがあります。</translation>
    </message>
    <message>
        <source>{n} photos have words not saved yet</source>
        <translation>{n} 枚の写真に未保存の内容があります</translation>
    </message>
    <message>
        <source>{n} photos moved to the trash</source>
        <translation>{n} 枚の写真をゴミ箱に移動しました</translation>
    </message>
    <message>
        <source>{n} photos removed from the library</source>
        <translation>{n} 枚の写真をライブラリから削除しました</translation>
    </message>
    <message>
        <source>{n} photos selected</source>
        <translation>{n} 枚の写真を選択中</translation>
    </message>
    <message>
        <source>{n} photos taken off the favourites</source>
        <translation>お気に入りから {n} 枚外しました</translation>
    </message>
    <message>
        <source>{n} photos wait</source>
        <translation>写真 {n} 枚が待機中</translation>
    </message>
    <message>
        <source>{n} photos were captioned.</source>
        <translation>{n} 枚の写真にキャプションが付きました。</translation>
    </message>
    <message>
        <source>{n} photos will be captioned again</source>
        <translation>{n} 枚のキャプションを作り直します</translation>
    </message>
    <message>
        <source>{n} selected</source>
        <translation>{n} 枚を選択中</translation>
    </message>
    <message>
        <source>{n} tag that fewer photos have is not shown.</source>
        <translation>写真の少ないタグが {n} 個あり、表示されていません。</translation>
    </message>
    <message>
        <source>{n} tags that fewer photos have are not shown.</source>
        <translation>写真の少ないタグが {n} 個あり、表示されていません。</translation>
    </message>
    <message>
        <source>{n} taken back</source>
        <translation>{n} 件を元に戻しました</translation>
    </message>
    <message>
        <source>{old} is called {new} now</source>
        <translation>{old}の名前は{new}になりました</translation>
    </message>
    <message>
        <source>{page} ({n})</source>
        <translation>{page}（{n}）</translation>
    </message>
    <message>
        <source>{parent} holds no model: {name} is missing.</source>
        <translation>{parent} にモデルがありません: {name} がありません。</translation>
    </message>
    <message>
        <source>{part} of {size} here</source>
        <translation>{size} 中 {part} があります</translation>
    </message>
    <message>
        <source>{path} cannot be deleted: {strerror}.</source>
        <translation>{path} を削除できません: {strerror}。</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}).</source>
        <translation>{path} を読み取れません（{reason}）。</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}).</source>
        <translation>{path} に書き込めません（{reason}）。</translation>
    </message>
    <message>
        <source>{path} cannot be written ({why}).</source>
        <translation>{path} に書き込めません（{why}）。</translation>
    </message>
    <message>
        <source>{path} has no caption yet.</source>
        <translation>{path} にはまだキャプションがありません。</translation>
    </message>
    <message>
        <source>{path} is a folder.</source>
        <translation>{path} はフォルダーです。</translation>
    </message>
    <message>
        <source>{path} is no catalog of BlipDesk.</source>
        <translation>{path} は BlipDesk のカタログではありません。</translation>
    </message>
    <message>
        <source>{path} is no name for a heat map.</source>
        <translation>{path} はヒートマップの名前として使えません。</translation>
    </message>
    <message>
        <source>{path} is not a photo that can be taken in.</source>
        <translation>{path} は取り込める写真ではありません。</translation>
    </message>
    <message>
        <source>{path} is not a watched folder.</source>
        <translation>{path} は監視中のフォルダーではありません。</translation>
    </message>
    <message>
        <source>{path} is there already and is no heat map: it stays.</source>
        <translation>{path} はすでにあり、ヒートマップではないため、そのままにします。</translation>
    </message>
    <message>
        <source>{path} is {what}, so it is not opened.</source>
        <translation>{path} は {what} なので、開きません。</translation>
    </message>
    <message>
        <source>{path} lies in the cloud and not on this computer.</source>
        <translation>{path} はクラウドにあり、このコンピューターにはありません。</translation>
    </message>
    <message>
        <source>{percent} % match</source>
        <translation>一致度 {percent} %</translation>
    </message>
    <message>
        <source>{period} of any year</source>
        <translation>毎年の {period}</translation>
    </message>
    <message>
        <source>{photos} found by {query}</source>
        <translation>{query}で見つかった{photos}</translation>
    </message>
    <message>
        <source>{photos} written to {name}</source>
        <translation>{photos}を {name} に書き出しました</translation>
    </message>
    <message>
        <source>{photos} {taken}</source>
        <translation>{photos}{taken}</translation>
    </message>
    <message>
        <source>{place} as well as {others}</source>
        <translation>{place} と {others}</translation>
    </message>
    <message>
        <source>{place} cannot be used: {reason}.</source>
        <translation>{place} を使えません: {reason}。</translation>
    </message>
    <message>
        <source>{place} cannot be written: {strerror}.</source>
        <translation>{place} に書き込めません: {strerror}。</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} / {count}</translation>
    </message>
    <message>
        <source>{place} takes no file that large (as with the FAT file system or a quota).</source>
        <translation>{place} にはこれほど大きなファイルを置けません（FAT ファイルシステムや容量制限など）。</translation>
    </message>
    <message>
        <source>{problem}: trying again in {seconds} s.</source>
        <translation>{problem}: {seconds} 秒後に再試行します。</translation>
    </message>
    <message>
        <source>{question} – {answer}</source>
        <translation>{question} – {answer}</translation>
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
        <source>{reason}, and besides {other}</source>
        <translation>{reason}。また、{other}</translation>
    </message>
    <message>
        <source>{repo} holds no checkpoint (no config.json, or no weights that can be loaded).</source>
        <translation>{repo} にはチェックポイントがありません（config.json がないか、読み込める重みがありません）。</translation>
    </message>
    <message>
        <source>{repo} is given only to people who have agreed to its terms.</source>
        <translation>{repo} は条件に同意した人にだけ提供されます。</translation>
    </message>
    <message>
        <source>{repo} is incomplete at the hub: {name} names weights that are not there.</source>
        <translation>{repo} はハブで不完全です: {name} が存在しない重みを指しています。</translation>
    </message>
    <message>
        <source>{room} for {changes}</source>
        <translation>{changes}に {room}</translation>
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
        <translation>{size} が空きます。{again}作成済みのキャプションは残ります。</translation>
    </message>
    <message>
        <source>{source} · captioning again</source>
        <translation>{source} · 再作成中</translation>
    </message>
    <message>
        <source>{source}. Delete removes it.</source>
        <translation>{source}。Delete で削除します。</translation>
    </message>
    <message>
        <source>{tag} added to {n} photo</source>
        <translation>{tag}を {n} 枚の写真に追加しました</translation>
    </message>
    <message>
        <source>{tag} added to {n} photos</source>
        <translation>{tag}を {n} 枚の写真に追加しました</translation>
    </message>
    <message>
        <source>{tag} taken off {n} photo</source>
        <translation>{tag}を {n} 枚の写真から削除しました</translation>
    </message>
    <message>
        <source>{tag} taken off {n} photos</source>
        <translation>{tag}を {n} 枚の写真から削除しました</translation>
    </message>
    <message>
        <source>{target} carries permissions or attributes that could not be kept.</source>
        <translation>{target} には保持できないアクセス権または属性があります。</translation>
    </message>
    <message>
        <source>{target} was changed by another program meanwhile.</source>
        <translation>{target} はその間に別のプログラムによって変更されました。</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>残り {time}</translation>
    </message>
    <message>
        <source>{title} is part of the program and stays.</source>
        <translation>{title} はプログラムの一部なので残ります。</translation>
    </message>
    <message>
        <source>{value} is no choice for: {label}.</source>
        <translation>{value} は {label} の選択肢にありません。</translation>
    </message>
    <message>
        <source>{value} is not a value of {label}.</source>
        <translation>{value} は {label} の値として使えません。</translation>
    </message>
    <message>
        <source>{wanted} is no device.</source>
        <translation>{wanted} というデバイスはありません。</translation>
    </message>
    <message>
        <source>{wanted} is no precision.</source>
        <translation>{wanted} という精度はありません。</translation>
    </message>
    <message>
        <source>{what} needs {needed} more; the disk of {parent} has {free} free (and {margin} of it have to stay so).</source>
        <translation>{what}にはあと {needed} 必要ですが、{parent} のディスクの空きは {free} です（うち {margin} は空けておく必要があります）。</translation>
    </message>
    <message>
        <source>{words} Not on this computer yet.</source>
        <translation>{words}まだこのコンピューターにありません。</translation>
    </message>
    <message>
        <source>{words} {done} of {total}</source>
        <translation>{words} {done} / {total}</translation>
    </message>
    <message>
        <source>{words}, the oldest from {time}</source>
        <translation>{words}、最も古いもの: {time}</translation>
    </message>
    <message>
        <source>{words}.</source>
        <translation>{words}。</translation>
    </message>
    <message>
        <source>{words}: {done} of {total}</source>
        <translation>{words}: {done} / {total}</translation>
    </message>
    <message>
        <source>{word} needs a term {place}; in small letters it is a word.</source>
        <translation>{word} には{place}に語が必要です。小文字なら普通の語になります。</translation>
    </message>
    <message>
        <source>{word}: {place}</source>
        <translation>{word}: {place}</translation>
    </message>
    <message>
        <source>{word}: {place}, but the caption may not fit the photo</source>
        <translation>{word}: {place}（キャプションは写真に合っていない可能性があります）</translation>
    </message>
    <message>
        <source>“{caption}”</source>
        <translation>「{caption}」</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>「{words}」</translation>
    </message>
    <message>
        <source>“{words}” fits to {share} %</source>
        <translation>「{words}」は {share} % 合っています</translation>
    </message>
</context>
</TS>
