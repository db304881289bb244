//! Pages that are only words: about the service, and how accessible it is.

use maud::{Markup, html};

use super::facts::Facts;
use super::layout::Page;
use super::origin::layer_words;
use crate::model::Layer;
use crate::views::Error;
use crate::views::describe::TextPage;
use crate::vocab::{dcterms, vcard};

/// A page that is only words.
pub(super) fn page(facts: Facts<'_>, which: TextPage) -> Result<Page, Error> {
    let (title, description, body) = match which {
        TextPage::About => (
            facts.pick("Om Samplan", "About Samplan"),
            facts.pick(
                "Vad Samplan är, vad som är dokumentets egna ord och vad som är tolkat, och hur data hämtas och citeras.",
                "What Samplan is, what is the documents' own words and what is interpreted, and how to get and cite the data.",
            ),
            about(facts)?,
        ),
        TextPage::Accessibility => (
            facts.pick("Tillgänglighetsredogörelse", "Accessibility statement"),
            facts.pick(
                "Hur tillgänglig webbplatsen är enligt lagen om tillgänglighet till digital offentlig service, och hur brister anmäls.",
                "How accessible this website is by the Swedish act on accessibility to digital public services, and how to report shortcomings.",
            ),
            accessibility(facts)?,
        ),
        TextPage::Preview => return super::preview::page(facts),
        TextPage::Compare => return super::compare::index(facts),
    };
    Ok(Page {
        title: title.to_owned(),
        description: description.to_owned(),
        path: which.path().to_owned(),
        crumbs: Vec::new(),
        data: None,
        main: html! {
            header.title { h1 { (title) } p.lead { (description) } }
            div.text { (body) }
        },
    })
}

/// Who runs the instance, with an address to write to.
struct Operator {
    name: Markup,
    mail: Option<String>,
}

fn operator(facts: Facts<'_>) -> Result<Operator, Error> {
    let base = facts.snapshot.base();
    let publisher = facts.nodes(base.node("catalog").as_str(), dcterms::PUBLISHER)?;
    let contact = base.node("catalog/contact");
    let mail = facts
        .nodes(contact.as_str(), vcard::HAS_EMAIL)?
        .into_iter()
        .find_map(|mail| mail.strip_prefix("mailto:").map(str::to_owned));
    Ok(Operator {
        name: match publisher.first() {
            Some(publisher) => facts.link(publisher)?,
            None => {
                html! { (facts.pick("den som driver webbplatsen", "whoever runs this website")) }
            }
        },
        mail,
    })
}

impl Operator {
    fn mail_link(&self) -> Markup {
        html! { @if let Some(mail) = &self.mail { a href={ "mailto:" (mail) } { (mail) } } }
    }
}

fn about(facts: Facts<'_>) -> Result<Markup, Error> {
    let operator = operator(facts)?;
    let base = facts.snapshot.base().as_str();
    Ok(html! {
        p { (facts.pick(
            "Regioner och kommuner antar handlingsplaner: vad som ska göras, av vem, när, och ett år senare vad det blev. De publiceras som pdf:er, som ingen kan fråga, jämföra eller citera rad för rad. Samplan gör om dem till länkade öppna data och till sidor att läsa.",
            "Regions and municipalities adopt action plans: what is to be done, by whom, when, and a year later what came of it. They are published as PDFs, which nobody can query, compare or cite line by line. Samplan turns them into linked open data and into pages to read.")) }
        section aria-labelledby="layers" {
            h2 #layers { (facts.pick("Inget är påhittat", "Nothing is invented")) }
            p { (facts.pick(
                "En plans beskrivning ligger i lager, så att dokumentets egna ord aldrig blandas ihop med vad andra gör av dem:",
                "A plan's description lies in layers, so that the document's own words are never confused with what others make of them:")) }
            ul { @for layer in Layer::ALL { li { code { (layer.key()) } " – " (layer_words(facts, layer)) } } }
            p { (facts.pick(
                "På sidorna står dokumentets ord i antikva. Det som är märkt ”tolkat” eller ”tillagt” står inte så i dokumentet. Varje uppgift leder till raderna den vilar på.",
                "On the pages the document's words stand in serif type. What is marked “interpreted” or “added” does not stand so in the document. Every statement leads to the lines it rests on.")) }
        }
        section aria-labelledby="data" {
            h2 #data { (facts.pick("Data för program", "Data for programs")) }
            p { (facts.pick(
                "Varje adress ger data i det format som Accept anger, eller som ändelsen säger. Ett exempel:",
                "Every address gives data in the format that Accept names, or that its ending says. An example:")) }
            pre tabindex="0" { code {
                "curl " (base) "plan.ttl\n"
                "curl -H 'Accept: application/ld+json' " (base) "plan"
            } }
            p { (facts.pick("Frågor ställs till ", "Queries go to ")) code { (base) "sparql" } "." }
        }
        section aria-labelledby="cite" {
            h2 #cite { (facts.pick("Att hänvisa", "Citing")) }
            p { (facts.pick(
                "Varje sida visar sin adress längst ner. Den ges en gång och ändras inte när något byter namn eller ordning.",
                "Every page shows its address at its end. It is given once and does not change when something is renamed or reordered.")) }
        }
        section aria-labelledby="licence" {
            h2 #licence { (facts.pick("Licenser", "Licences")) }
            p { (facts.pick(
                "Vokabulär, metadata, tolkningar och länkar är fria att använda (CC0 1.0). Planernas text tillhör dem som skrev den, och varje plan säger vilken licens som gäller eller att dokumentet inte anger någon.",
                "Vocabulary, metadata, interpretations and links are free to use (CC0 1.0). The plans' text belongs to those who wrote it, and each plan says which licence applies or that the document states none.")) }
        }
        section aria-labelledby="who" {
            h2 #who { (facts.pick("Vem som står bakom", "Who is behind this")) }
            p { (facts.pick("Webbplatsen drivs av ", "This website is run by ")) (operator.name) ". "
                @if operator.mail.is_some() { (facts.pick("Skriv till ", "Write to ")) (operator.mail_link()) "." } }
            p { (facts.pick(
                "Den som driver webbplatsen är inte den som har antagit planerna. Originaldokumentet gäller alltid.",
                "Whoever runs the website is not whoever adopted the plans. The original document always prevails.")) }
        }
        section aria-labelledby="privacy" {
            h2 #privacy { (facts.pick("Personuppgifter", "Personal data")) }
            p { (facts.pick(
                "Sidorna sätter inga kakor, kör inga skript och hämtar inget från andra webbplatser.",
                "The pages set no cookies, run no scripts and fetch nothing from other websites.")) }
        }
    })
}

fn accessibility(facts: Facts<'_>) -> Result<Markup, Error> {
    let operator = operator(facts)?;
    Ok(html! {
        p { (facts.pick("Den här redogörelsen gäller webbplatsen ", "This statement applies to the website "))
            code { (facts.snapshot.base().as_str()) } ", " (facts.pick("som drivs av ", "run by ")) (operator.name) ". "
            (facts.pick(
                "Den beskriver hur webbplatsen uppfyller lagen (2018:1937) om tillgänglighet till digital offentlig service.",
                "It describes how the website fulfils the Swedish act (2018:1937) on accessibility to digital public services.")) }
        section aria-labelledby="how" {
            h2 #how { (facts.pick("Hur tillgänglig är webbplatsen?", "How accessible is the website?")) }
            p { (facts.pick(
                "Webbplatsens sidor är gjorda för att uppfylla WCAG 2.2 på nivå AA. Vi känner inte till några brister på sidorna.",
                "The pages of the website are made to conform to WCAG 2.2 at level AA. We know of no shortcomings of the pages.")) }
            p { (facts.pick(
                "Det som inte omfattas: originaldokumenten ligger hos dem som har gett ut dem och kan ha brister. Här finns deras text som sida.",
                "Not covered: the original documents lie with those who published them and may have shortcomings. Their text is here as a page.")) }
        }
        section aria-labelledby="tested" {
            h2 #tested { (facts.pick("Hur det är prövat", "How it was tested")) }
            p { (facts.pick(
                "Varje slags sida prövas maskinellt (axe-core) inför varje ny version, på svenska och engelska, på telefon och dator, i ljust och mörkt läge. Att allt nås med tangentbord, att fokus syns, att sidorna går att läsa i 320 bildpunkters bredd och med dubbel textstorlek, och att koden är giltig HTML prövas också. Ingen prövning med användare har gjorts, och ingen utomstående har granskat webbplatsen.",
                "Every kind of page is tested by machine (axe-core) before each new version, in Swedish and English, on phone and computer, in light and dark mode. That everything is reached by keyboard, that focus is visible, that the pages can be read at a width of 320 pixels and with doubled text size, and that the code is valid HTML is tested too. No test with users has been made, and no outside party has reviewed the website.")) }
        }
        section aria-labelledby="report" {
            h2 #report { (facts.pick("Kontakta oss om du hittar brister", "Contact us if you find shortcomings")) }
            p { @if operator.mail.is_some() {
                    (facts.pick("Skriv till ", "Write to ")) (operator.mail_link())
                    (facts.pick(" om något hindrar dig, eller om du behöver något i en annan form.", " if something stands in your way, or if you need something in another form."))
                } @else {
                    (facts.pick("Kontakta den som driver webbplatsen om något hindrar dig.", "Contact whoever runs the website if something stands in your way."))
                } }
        }
        section aria-labelledby="authority" {
            h2 #authority { (facts.pick("Tillsyn", "Supervision")) }
            p { (facts.pick(
                "Myndigheten för digital förvaltning (Digg) har tillsyn över lagen. Är du inte nöjd med hur vi tar hand om det du påpekar kan du anmäla det till Digg.",
                "The Agency for Digital Government (Digg) supervises the act. If you are not satisfied with how we deal with what you point out, you can report it to Digg.")) }
        }
    })
}
