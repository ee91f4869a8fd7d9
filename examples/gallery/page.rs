//! The page: all entries, light or dark, as SVG or PNG, without a script.

use crate::entries::Drawn;

const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>ndsight gallery</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
:root:has(#light:checked) { color-scheme: light }
:root:has(#dark:checked) { color-scheme: dark }
body { margin: 0 auto; max-width: 1100px; padding: 1em; background: Canvas; color: CanvasText }
fieldset { display: inline-block; border: 0; padding: 0; margin: 0 2em 0 0 }
article { margin: 2.5em 0 }
h3 { margin: 0 }
pre { margin: .3em 0; padding: .5em .7em; background: rgba(128,128,128,.14); overflow-x: auto }
small { opacity: .75; font-variant-numeric: tabular-nums }
img { max-width: 100%; height: auto; display: block }
img.png, img.dark { display: none }
:root:has(#png:checked) img.svg { display: none }
:root:has(#png:checked) img.png { display: block }
:root:has(#png:checked):has(#dark:checked) img.png { display: none }
:root:has(#png:checked):has(#dark:checked) img.dark { display: block }
</style>
<h1>Gallery</h1>
<p>Written by <code>cargo run --release --example gallery</code>.</p>
<fieldset>Page:
<label><input type="radio" name="page" checked> the system's</label>
<label><input type="radio" name="page" id="light"> light</label>
<label><input type="radio" name="page" id="dark"> dark</label>
</fieldset>
<fieldset>Pictures:
<label><input type="radio" name="kind" checked> SVG</label>
<label><input type="radio" name="kind" id="png"> PNG</label>
</fieldset>
"#;

pub(crate) fn page(sections: &[(&str, Vec<Drawn>)]) -> String {
    let mut page = HEAD.to_owned();
    for (title, entries) in sections {
        page += &format!("<h2>{}</h2>\n", escape(title));
        page.extend(entries.iter().map(article));
    }
    page + "</html>\n"
}

fn article(entry: &Drawn) -> String {
    let Drawn {
        name,
        width,
        height,
        ..
    } = entry;
    let size = format!("width=\"{width}\" height=\"{height}\"");
    let title = escape(entry.title);
    format!(
        "<article id=\"{name}\">\n<h3>{title}</h3>\n<pre>{}</pre>\n\
         <img class=\"svg\" src=\"{name}.svg\" {size} alt=\"{title}\">\n\
         <img class=\"png\" src=\"{name}.png\" {size} alt=\"{title}\" loading=\"lazy\">\n\
         <img class=\"dark\" src=\"dark/{name}.png\" {size} alt=\"{title}\" loading=\"lazy\">\n\
         <small><a href=\"{name}.svg\">SVG</a> {} bytes · <a href=\"{name}.png\">PNG</a> {} bytes · \
         <a href=\"{name}.txt\">text</a></small>\n</article>\n",
        escape(&entry.code),
        grouped(entry.svg_bytes),
        grouped(entry.png_bytes),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A number with a comma before each three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
