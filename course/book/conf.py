"""Sphinx's settings for the website; `make.py` lays out what it is made from."""

project = html_title = "How a neural network starts"
language = "en"
extensions = ["myst_nb", "course.book.formulas"]

html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["look.css"]
html_js_files = ["reach.js"]
html_copy_source = False
html_show_copyright = False
html_use_index = False
# Colours of code that can be read on both papers.
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

highlight_language = "none"  # blocks in the docs are commands, unless they name a language
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 3  # links to headings are written as GitHub has them

nb_execution_mode = "force"  # a cache would not notice a change in what the lessons import
nb_execution_timeout = 3600  # seconds for a cell; only a hang is caught
nb_execution_raise_on_error = True
nb_execution_show_tb = True
nb_merge_streams = True
