//! What a person does on a page: press, choose, fill, see. Everything waits up to ten seconds for its object.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use fantoccini::Locator;
use fantoccini::elements::Element;
use serde_json::json;
use tokio::time::{Instant, sleep};

use crate::browser::Browser;
use crate::locate;

const PATIENCE: Duration = Duration::from_secs(10);
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

impl Browser {
    /// Presses the button or link with this text.
    pub async fn press(&mut self, text: &str) -> Result<()> {
        let places = locate::pressable(text);
        self.tap_on(&places, &format!("the button \"{text}\"")).await?;
        Ok(())
    }

    /// Chooses the radio button or checkbox with this label.
    pub async fn choose(&mut self, label: &str) -> Result<()> {
        let places = locate::label(label);
        self.tap_choice(&places, &format!("the choice \"{label}\"")).await
    }

    /// Chooses `answer` in the group of choices with the legend `question`.
    pub async fn answer(&mut self, question: &str, answer: &str) -> Result<()> {
        let places = locate::label_under(question, answer);
        let what = format!("the choice \"{answer}\" under \"{question}\"");
        self.tap_choice(&places, &what).await
    }

    /// Writes `text` into the field with this label, or picks it from the field's list.
    ///
    /// Dates are written as the form sends them (`2026-03-09`), whatever the browser's language shows. Counts one tap.
    pub async fn fill(&mut self, label: &str, text: &str) -> Result<()> {
        let what = format!("the field \"{label}\"");
        let field = self.find(&xpaths(&locate::field(label)), &what).await?;
        self.taps += 1;
        let kind = field.prop("type").await?.unwrap_or_default();
        match kind.as_str() {
            "select-one" => field.select_by_label(text).await?,
            "date" | "time" | "datetime-local" | "range" => self.set_value(&field, text).await?,
            _ => {
                field.clear().await?;
                field.send_keys(text).await?;
            }
        }
        Ok(())
    }

    /// Taps on whatever the CSS selector finds first: for pictures, such as a body map.
    pub async fn tap(&mut self, css: &str) -> Result<()> {
        let element = self.find(&[Locator::Css(css)], css).await?;
        self.tap_element(&element).await?;
        Ok(())
    }

    /// Waits until the page shows `text`.
    pub async fn see(&self, text: &str) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while !self.sees(text).await.unwrap_or(false) {
            if Instant::now() > deadline {
                bail!("\"{text}\" is not to be seen {}", self.here().await);
            }
            sleep(BETWEEN_LOOKS).await;
        }
        Ok(())
    }

    /// Whether the page shows `text` now; upper and lower case, line breaks and hidden parts do not count.
    pub async fn sees(&self, text: &str) -> Result<bool> {
        Ok(plain(&self.text().await?).contains(&plain(text)))
    }

    /// The visible text of the page.
    pub async fn text(&self) -> Result<String> {
        let text = self.client.execute("return document.body.innerText", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// How many taps it has taken so far, fields entered included.
    pub fn taps(&self) -> u32 {
        self.taps
    }

    async fn tap_choice(&mut self, places: &[String], what: &str) -> Result<()> {
        let label = self.tap_on(places, what).await?;
        let script = "const c = arguments[0].control; return !c || c.checked";
        // A page that moved on at the tap has taken the choice with it.
        if let Ok(chosen) = self.client.execute(script, vec![json!(label)]).await {
            ensure!(chosen == json!(true), "{what} is not chosen after a tap on it");
        }
        Ok(())
    }

    async fn tap_on(&mut self, places: &[String], what: &str) -> Result<Element> {
        let element = self.find(&xpaths(places), what).await?;
        self.tap_element(&element).await.with_context(|| format!("tapping {what}"))?;
        Ok(element)
    }

    /// Brings the element to the middle first, as a person scrolls it away from under a fixed bar.
    async fn tap_element(&mut self, element: &Element) -> Result<()> {
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.client.execute(script, vec![json!(element)]).await?;
        element.click().await?;
        self.taps += 1;
        Ok(())
    }

    async fn set_value(&self, field: &Element, text: &str) -> Result<()> {
        let script = "arguments[0].value = arguments[1]; \
            for (const kind of ['input', 'change']) arguments[0].dispatchEvent(new Event(kind, { bubbles: true }))";
        self.client.execute(script, vec![json!(field), json!(text)]).await?;
        Ok(())
    }

    /// The first element that is displayed, by the places in order.
    async fn find(&self, places: &[Locator<'_>], what: &str) -> Result<Element> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            for &place in places {
                for element in self.client.find_all(place).await? {
                    if element.is_displayed().await.unwrap_or(false) {
                        return Ok(element);
                    }
                }
            }
            if Instant::now() > deadline {
                bail!("{what} is not to be found {}", self.here().await);
            }
            sleep(BETWEEN_LOOKS).await;
        }
    }

    async fn here(&self) -> String {
        let path = self.path().await.unwrap_or_default();
        let text = self.text().await.unwrap_or_default();
        let beginning: String = text.chars().take(600).collect();
        format!("on {path}, which reads:\n{beginning}")
    }
}

fn xpaths(places: &[String]) -> Vec<Locator<'_>> {
    places.iter().map(|place| Locator::XPath(place)).collect()
}

fn plain(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
