"""What goes wrong in a room is said in plain words, and nothing breaks."""

import time

from api.workshop.browser import Browser, Page
from api.workshop.evening import Evening, answer_all
from sourcemark.labels import ANONYMOUS, EYEWITNESS, OFFICIAL
from sourcemark.workshop.choices import NO_SOURCE
from sourcemark.workshop.planning import MOST_SENTENCES
from sourcemark.workshop.store import Store


def enter(evening: Evening, code: str) -> Page:
    browser = Browser()
    browser.open(f"{evening.address}/w")
    return browser.send("/w", code=code)


def test_a_wrong_code_is_told_and_stays_in_the_field(evening: Evening) -> None:
    evening.open()
    page = enter(evening, "WRONG2")
    assert page.status == 422
    assert "This is not the code of the workshop." in page.text
    assert 'value="WRONG2"' in page.html
    assert evening.workshop.state().joined == 0


def test_a_code_may_be_typed_as_people_write_it(evening: Evening) -> None:
    evening.open()
    code = evening.keys.code.lower()
    assert "You are in" in enter(evening, f" {code[:3]} - {code[3:]} ").text


def test_without_a_workshop_the_door_says_so(evening: Evening) -> None:
    page = enter(evening, "ABCDEF")
    assert page.status == 422
    assert "No workshop is open" in page.text


def test_whoever_guesses_codes_is_slowed_down_and_a_new_code_lets_the_others_in(
    evening: Evening,
) -> None:
    now = time.time()
    evening.workshop.store = Store(evening.workshop.store.path, lambda: now)
    evening.open()
    replies = [enter(evening, f"AAAA{a}{b}") for a in "23456789" for b in "2345"]
    assert replies[0].status == 422
    assert replies[-1].status == 429
    assert "Too many wrong codes were entered." in replies[-1].text
    evening.desk()
    assert "There is a new code." in evening.facilitator.send("/code").text
    assert "You are in" in enter(evening, evening.keys.code).text


def test_a_late_joiner_is_let_in_and_sees_what_the_stage_shows(evening: Evening) -> None:
    evening.open()
    evening.go_to("tool-0")
    late = evening.join()
    assert "What the tool says" in late.page.text
    assert not late.page.forms


def test_an_answer_after_the_stage_is_not_counted_and_that_is_said(evening: Evening) -> None:
    evening.open()
    browser = evening.join()
    evening.go_on("Label alone")
    browser.again()
    evening.go_on("Talk in pairs")
    page = browser.send("/answer", choice=OFFICIAL)
    assert page.status == 409
    assert "Talk in pairs" in page.text
    assert "alert" in page.html
    assert evening.workshop.state().answered == {}


def test_an_answer_that_is_sent_twice_counts_once_and_the_last_one_counts(evening: Evening) -> None:
    evening.open()
    browser = evening.join()
    evening.go_on("Label alone")
    address = browser.page.address
    for choice in (OFFICIAL, OFFICIAL, ANONYMOUS):
        browser.post(f"{address}/answer", sentence="1", choice=choice)
    assert evening.workshop.state().answered[1, 1].counts == {ANONYMOUS: 1}
    assert "Sentence 2 of" in browser.page.text


def test_no_answer_three_answers_and_one_of_nowhere_are_refused_and_keep_what_was_ticked(
    evening: Evening,
) -> None:
    evening.open()
    browser = evening.join()
    evening.go_on("Label alone")
    browser.again()
    assert "Tick one answer" in browser.send("/answer").text
    page = browser.send("/answer", choice=[OFFICIAL, ANONYMOUS, EYEWITNESS])
    assert page.status == 422
    assert "two answers at most" in page.text
    ticked = [value for name, value in page.form("/answer").fields if name == "choice"]
    assert ticked == [OFFICIAL, ANONYMOUS, EYEWITNESS]
    assert browser.send("/answer", choice="<b>").status == 422
    assert browser.post(f"{page.address}", sentence="x", choice=OFFICIAL).status in {409, 422}
    assert evening.workshop.state().answered == {}


def test_the_second_of_two_tabs_does_not_move_the_workshop_again(evening: Evening) -> None:
    evening.open()
    other = Browser()
    other.open(evening.desk().address)
    evening.go_on("Label alone")
    page = other.send("/move", "Go on: Label alone")
    assert "Another tab had moved the workshop on already" in page.text
    assert evening.workshop.state().stage == "alone"
    assert "Go on: Talk in pairs" in page.html


def test_a_second_workshop_is_not_opened_beside_the_first(evening: Evening) -> None:
    evening.facilitator.open(f"{evening.address}/workshop")
    evening.facilitator.send("/workshop/sentences", first__text="The mayor said so. It rained.")
    other = Browser()
    other.page = evening.facilitator.page
    evening.facilitator.send("/workshop/open")
    page = other.send("/workshop/open")
    assert page.status == 409
    assert "A workshop is open already." in page.text
    assert "Go on: Label alone" in other.follow("Go back to it").html


def test_somebody_who_was_taken_out_is_told_and_can_come_again(evening: Evening) -> None:
    evening.open()
    browser = evening.join()
    evening.desk()
    evening.facilitator.send("/drop")
    assert "taken out" in evening.facilitator.page.text
    page = browser.again()
    assert page.status == 404
    assert "Enter the code again" in page.text
    browser.follow("Enter a code")
    assert "You are in" in browser.send("/w", code=evening.keys.code).text


def test_script_in_an_article_is_text_everywhere(evening: Evening) -> None:
    script = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    text = f"The mayor said {script} on Monday. {{{{ 7 * 7 }}}} It rained."
    desk = evening.open(text, title=script)
    people = [evening.join() for _ in range(4)]
    evening.go_on("Label alone")
    pages = [desk, *(each.again() for each in people)]
    for each in people:
        answer_all(each, NO_SOURCE)
    for step in ("pairs-0", "second-0", "room-0", "tool-0", "debate-0", "exit-0"):
        pages += [evening.go_to(step), people[0].again(), evening.projector().page]
    evening.desk()
    evening.facilitator.send("/note", sentence="1", note=script)
    pages += [evening.facilitator.page, people[0].again(), evening.facilitator.follow("type the counts")]
    for page in pages:
        assert page.status == 200
        assert "49" not in page.text
        assert "img" not in [tag for tag, _ in page.tags]
        assert [given["src"] for tag, given in page.tags if tag == "script"] == ["/workshop/page/live.js"]
        assert "unsafe" not in page.headers["Content-Security-Policy"]


def test_an_article_of_300_sentences_can_be_chosen_from(evening: Evening) -> None:
    text = "\n\n".join(f"The mayor said on day {number} that it had rained." for number in range(300))
    evening.facilitator.open(f"{evening.address}/workshop")
    page = evening.facilitator.send("/workshop/sentences", first__text=text, first__title="Rain")
    assert page.status == 200
    numbers = [str(number) for number in range(1, 301)]

    refused = evening.facilitator.send("/workshop/open", sentence=numbers)

    assert refused.status == 422
    assert f"Choose {MOST_SENTENCES} at most" in refused.text
    assert "Go on: Label alone" in evening.facilitator.send("/workshop/open", sentence=numbers[:12]).html


def test_an_article_without_any_label_makes_a_workshop(evening: Evening) -> None:
    evening.open("Rain fell on the market. The pier stood empty. Nobody came.")
    assert "No source found" in evening.go_to("tool-0").text


def test_no_article_and_no_sentence_are_told(evening: Evening) -> None:
    evening.facilitator.open(f"{evening.address}/workshop")
    page = evening.facilitator.send("/workshop/sentences", first__text=" ", first__title="Only a headline")
    assert page.status == 422
    assert "There is no article yet." in page.text
    assert 'value="Only a headline"' in page.html
    evening.facilitator.send("/workshop/sentences", first__text="The mayor said so. It rained.")
    assert evening.facilitator.send("/workshop/open", sentence=[]).status == 422


def test_a_text_that_is_too_long_is_told_in_words(evening: Evening) -> None:
    evening.facilitator.open(f"{evening.address}/workshop")
    page = evening.facilitator.send("/workshop/sentences", first__text="It rained. " * 20_000)
    assert page.status == 422
    assert "The text is too long." in page.text
    page = Browser().post(f"{evening.address}/workshop/sentences", **{"first-text": "x" * 1_100_000})
    assert page.status == 413
    assert "larger than the limit" in page.text


def test_a_link_of_a_workshop_that_ended_says_so(evening: Evening) -> None:
    evening.open()
    desk, person = evening.desk().address, evening.join()
    evening.facilitator.follow("End and delete …")
    evening.facilitator.send("/end")
    for page in (Browser().open(desk), person.again()):
        assert page.status == 404
        assert "has ended" in page.text or "No workshop is open" in page.text
