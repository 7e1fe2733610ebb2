"""Words and phrases by which the parts of a news page are known, in the languages most read here.

Generic furniture of web pages only: nothing here names an outlet, a person or a story.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _opening(*phrases: str) -> re.Pattern[str]:
    """Compile alternatives to be matched at the start of a line, in any case; white space is one space."""
    return re.compile(r"\W*(?:" + "|".join(phrases) + ")", re.I)


#: Words that hold sentences together; a line without them is a label, a list of names or a menu.
FUNCTION_WORDS_OF = {
    "en": _words(
        "the a an of to in and that is was for on with as by at from it its be has have had are were will would could "
        "not but they their he she his her who which this these we our you i after before about into than when there "
        "said"
    ),
    "de": _words(
        "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat "
        "dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis "
        "mehr durch"
    ),
    "fr": _words(
        "le la les de des du et en un une que est pour qui dans a par plus pas au sur ne se ce il sont avec ou son "
        "mais aux elle cette été"
    ),
    "es": _words(
        "el la los las de del que y en un una es por con para su al lo como más pero sus fue este ha si porque esta "
        "entre cuando muy sin"
    ),
    "it": _words(
        "il lo la i gli le di che e della del per non sono da una un con più si al nel come anche dei alla ha"
    ),
    "nl": _words("de het een van en in is op te dat die zijn met voor niet aan er om ook door naar bij"),
    "pt": _words("o os a as de da do das dos no na um uma que e é se com não mais por para ao"),
    "pl": _words("i w z na do się nie to że jest od po o przez jak dla"),
    "sv": _words("och det att som på är av för med till inte ett en i den har om"),
    "ru": _words("и в на не что с по как это из у за к от о для а но так же"),
}
FUNCTION_WORDS = frozenset().union(*FUNCTION_WORDS_OF.values())

#: Single words of menus, forms, share bars and footers, over which a line's share is counted.
WEB_WORDS = _words(
    "facebook twitter whatsapp linkedin pinterest instagram youtube telegram tumblr reddit viber tiktok flipboard "
    "email e-mail mail rss print share tweet pin copy link shares follow followers like likes subscribe subscription "
    "subscriptions newsletter newsletters login log-in logout register registration account password username sign "
    "signup cookie cookies consent privacy policy terms conditions copyright imprint impressum disclaimer sitemap "
    "advertisement advertise advertising sponsored promoted adblock javascript browser menu navigation search home "
    "homepage archive archives category categories tag tags topics related popular trending recommended previous next "
    "loading click tap download app apps podcast podcasts video videos gallery galleries comments comment reply "
    "replies contact about faq careers unsubscribe notifications inbox permalink bookmark datenschutz anmelden "
    "abmelden registrieren abonnieren abo abos teilen drucken suche startseite kontakt werbung anzeige kommentare "
    "kommentar kategorien schlagwörter merkzettel warenkorb agb nutzungsbedingungen partager imprimer connexion "
    "abonnez abonnement commentaires compartir imprimir suscribirse suscríbete comentarios publicidad condividi stampa "
    "commenti iscriviti pubblicità inloggen delen reacties"
)

#: A short line that opens a list of links to other articles.
RELATED = _opening(
    r"(?:read|see|view|discover|explore|find out|go|dig|learn)\s+(?:more|also|next|deeper|on)\b",
    r"also (?:read|see|on|in|from)\b",
    r"(?:more|latest|related|recommended|popular|trending|similar|top|other|recent|suggested|further)\s+"
    r"(?:on|from|in|about|like|news|stories|story|articles?|posts?|content|links?|topics?|videos?|reading|coverage|now"
    r"|for|read)\b",
    r"(?:related|recommended|trending|popular|up next|meistgelesen|weiterlesen)\b",
    r"most (?:read|popular|viewed|shared|commented|recent)\b",
    r"you (?:may|might) (?:also|like)\b",
    r"(?:don['’]t miss|what to read next|in case you missed|must[ -]reads?|editors?['’]?s? picks?)\b",
    r"to the full (?:article|story)\b",
    r"(?:read (?:the )?(?:full|original|rest|this|our)|continue reading)\b",
    r"(?:previous|next) (?:article|post|story)\b",
    r"mehr (?:zum|zu|aus|von|über|lesen|auf|artikel|news|infos|kolumnen|themen|beiträge)\b",
    r"(?:lesen sie (?:auch|mehr|hier|dazu)|auch interessant|das könnte (?:sie|dich))\b",
    r"(?:weitere|ähnliche|verwandte) (?:artikel|themen|beiträge|nachrichten|meldungen)\b",
    r"(?:vorheriger|nächster) (?:beitrag|artikel)\b",
    r"[àa] lire (?:aussi|également)\b",
    r"lire (?:aussi|la suite|également)\b",
    r"sur le même (?:sujet|thème)\b",
    r"(?:articles? (?:liés|similaires|recommandés)|plus d['’]articles)\b",
    r"(?:lea|lee|ver|leer|vea) (?:también|más)\b",
    r"(?:te puede interesar|noticias relacionadas|más (?:noticias|sobre))\b",
    r"(?:leggi anche|ti potrebbe|lees (?:ook|meer|verder)|leia (?:também|mais)|czytaj (?:też|także|więcej))\b",
    r"(?:dowiedz się więcej|zobacz (?:też|także|również)|przeczytaj (?:też|także|również)|polecamy)\b",
    r"(?:seguí leyendo|sigue leyendo|continuar leyendo|por si no lo viste|te recomendamos|lo más (?:leído|visto))\b",
    r"(?:vea|mira|mire) (?:además|también)\b",
    r"(?:zum angebot|mehr erfahren|weiterführende links|zum thema|jetzt lesen|meistgelesene?)\b",
    r"(?:en savoir plus|les plus lus|à découvrir|scopri di più|approfondisci|più letti|saiba mais)\b",
    r"(?:читать (?:далее|также)|подробнее|другие новости|اقرأ (?:أيضا|المزيد))",
    r"(?:相关(?:阅读|新闻|文章)|延伸阅读|推荐阅读)",
    r"(?:läs (?:även|mer|också)|читайте также|по теме)\b",
)

#: The first three letters of the first word of all of these; longer alphabets are left to the pattern.
RELATED_STARTS = frozenset(
    "rea see vie dis exp fin go dig lea als mor lat rel rec pop tre sim top oth sug fur up mei wei mos you don wha in "
    "mus edi to con pre nex meh les auc das ähn ver vor näc à a lir sur art plu lee ver vea te not más leg ti "
    "czy läs dow zob prz pol seg sig por lo mir zum jet en sco app più sai".split()
)

#: Three letters with which one of the words of every line below starts.
COMMENT_CUES = frozenset(
    "com rep res tho kom rea reg log sig joi sta con wha hav be no use vie sho can you to sch hin ver dis lai aja pos "
    "pub écr dej las laa kei lei dod lea wri add sub".split()
)

#: A line that opens, or belongs to, the readers' comments.
COMMENTS = _opening(
    r"\d[\d.,]*\s+(?:comments?|replies|responses?|thoughts?|kommentare?|commentaires?|comentarios?"
    r"|commenti|reacties)\b[^.]{0,80}$",
    r"only (?:registered|logged-in|signed-in) (?:users|readers|members)\b",
    r"(?:comments?|kommentare?|commentaires?|comentarios?|commenti|reacties)\s*(?:[(:\[]\s*\d+|\d+\s*$)",
    r"(?:leave|post|write|add|submit)\s+(?:an?\s+|your\s+|us\s+a\s+)?(?:reply|comment)",
    r"(?:join|start|continue)\s+the\s+(?:discussion|conversation)",
    r"(?:what do you think|have your say|be the first to comment)\b",
    r"no (?:comments|responses)(?: yet)?\W*$",
    r"(?:reader|user)s?['’]?s? comments\b",
    r"(?:view (?:all )?|show )comments\b",
    r"comments? (?:policy|guidelines|are closed|section)",
    r"cancel reply\b",
    r"(?:[^.!?]{0,60}\b)?(?:log|sign)(?:ged)?[ -]?in to (?:post|leave|write|add|make|reply|comment)",
    r"(?:[^.!?]{0,60}\b)?to (?:leave|post|write|add) (?:a )?comments?\b",
    r"you must be (?:logged|signed) in",
    r"(?:schreiben sie|schreibe|hinterlasse?n?|verfassen|kommentar)\b.{0,30}\b"
    r"(?:kommentar|antwort|schreiben|verfassen|abgeben|hinterlassen)\b",
    r"diskutieren sie mit\b",
    r"(?:laisser|laissez|ajouter|poster|publier|écrire) (?:un|votre) commentaire",
    r"(?:leider )?(?:sind )?keine kommentare\b|comments (?:have been|are now) (?:closed|disabled)|dodaj komentarz\b",
    r"(?:deja (?:un comentario|una respuesta)|lascia un commento|laat een (?:reactie|bericht))",
)

#: A way to answer a comment, or who says it: nothing but comments has several of them.
COMMENT_ANSWER = re.compile(
    r"^\W*(?:reply|report|flag|upvote|like reply|antworten|répondre|responder|rispondi)\W*$"
    r"|\b(?:says|schreibt|sagt|wrote|dit|dice)\s*:\s*$|\bsays\b.{0,40}\d{1,2}:\s?\d{2}",
    re.I,
)

#: When a comment was written, and whether its writer is there.
COMMENT_STAMP = re.compile(
    r"\b\d+\s+(?:second|minute|hour|day|week|month|year)s? ago\b|\b(?:offline|online)\b"
    r"|^\W*\S.{0,60}\b\d{4}\b.{0,12}\b\d{1,2}:\s?\d{2}(?::\d{2})?\s*(?:am|pm|a\.m\.|p\.m\.|uhr)?\W*$",
    re.I,
)

#: A mark where an advertisement or a picture stood in the middle of an article.
INTERJECTION = _opening(
    r"(?:advertisement|advertising|ad|ads|sponsored|anzeige|werbung|publicidad|publicité|pubblicità|reklama)\W*",
    r"(?:story continues below|article continues below|continues below)?(?: advertisement)?\W*",
    r"(?:image|photo|video|media|gallery|embed|bild|foto)(?: (?:source|caption|credit|gallery))?\W*",
)

#: A short line that is a button, a menu entry or the heading of a box. Never matched against whole sentences.
LABEL = _opening(
    r"(?:share|tweet|print|e-?mail|facebook|twitter|whatsapp|linkedin|search|menu|home|loading|skip to|jump to)",
    r"(?:advertisement|advertising|sponsored|sponsor|anzeige|werbung|publicidad|publicité)",
    r"(?:sign ?up|sign ?in|log ?in|subscribe|register|follow|like us|download|donate|newsletter)",
    r"get (?:the|our|notifications|news|breaking|daily|updates)",
    r"(?:click|tap here|tags?\b|topics?\b|filed under|posted in|categor(?:y|ies)|trending|archives?\b)",
    r"(?:copyright|©|\(c\) \d|all rights reserved|terms\b|privacy|cookie|contact|feedback)",
    r"(?:back to top|top$|show (?:more|less|all)|load more|view (?:more|all)|see all|next page|page \d|\d+ of \d+$)",
    r"(?:photo gallery|gallery|open in|close\b|toggle|image$|video$|listen$|permalink|permanent link)",
    r"edit(?: this)? page",
    r"about (?:the author|us|me)",
    r"(?:teilen|drucken|abonnieren|zur startseite|zum seitenanfang|nach oben|autor\b|über den autor|schlagw|kategorie)",
    r"(?:partager|imprimer|abonnez|inscrivez|mots-clés|suscríb|compartir|etiquetas|condividi|iscriviti)",
)
