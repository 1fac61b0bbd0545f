"""Scripts of pages that mean no good, each as an expression or as the page's own script."""

PRETEND = """((target, x, y) => {
    const pointer = { clientX: x, clientY: y, pointerType: "mouse" };
    const how = { bubbles: true, cancelable: true, composed: true, ...pointer };
    const tell = (Kind, type, more) => target.dispatchEvent(new Kind(type, { ...how, ...more }));
    for (const type of ["pointermove", "pointerdown", "pointerup"]) tell(PointerEvent, type);
    for (const type of ["mousemove", "mousedown", "mouseup", "click"]) tell(MouseEvent, type);
    for (const key of ["Enter", " ", "Tab", "ArrowDown", "Escape"]) {
        for (const type of ["keydown", "keyup"]) tell(KeyboardEvent, type, { key });
    }
    target.click?.();
    target.focus?.();
})(%s, %d, %d)"""
"""Everything that a pointer and a keyboard do, as a script does it, to a target and at a place."""

REACH_IN = """
addEventListener("pointermove", ({ originalTarget }) => {
    const tree = originalTarget?.getRootNode();
    if (tree instanceof ShadowRoot) window.inside = tree;
}, true);
addEventListener("keydown", ({ target, key }) => hear(`${key} at ${target.localName}`), true);
"""
"""Keeps the closed root that an event has come from, where the browser tells, and hears of every key."""

PRESS = """void inside.querySelectorAll("button, input").forEach((each) => each.click())"""
"""Presses every control in the root that `REACH_IN` kept, once and where it stands."""

PRESS_ALL = """void inside.querySelectorAll("button, input").forEach((each) => {
    const press = () => {
        each.click();
        each.dispatchEvent(new Event("change", { bubbles: true }));
    };
    press();
    // outside of the root, where nothing of ours stands between
    document.body.append(each);
    press();
})"""
"""Presses every control there as often as it can, and carries it off."""

STEAL = """
document.addEventListener("sourcemark:renewed", () => hear("renewed"));
const steal = (tree) => { if (tree instanceof ShadowRoot) hear(`${tree.mode} root`); };
const wrap = (owner, name) => {
    const { value, get, ...rest } = Object.getOwnPropertyDescriptor(owner, name) ?? {};
    const spy = (own) => function (...given) {
        steal(this);
        const made = Reflect.apply(own, this, given);
        steal(made);
        return made;
    };
    if (typeof value === "function" && name !== "constructor") owner[name] = spy(value);
    else if (get) Object.defineProperty(owner, name, { ...rest, get: spy(get) });
};
for (const name of Object.getOwnPropertyNames(ShadowRoot.prototype)) wrap(ShadowRoot.prototype, name);
for (const name of ["append", "replaceChildren"]) wrap(DocumentFragment.prototype, name);
for (const name of ["appendChild", "insertBefore"]) wrap(Node.prototype, name);
wrap(EventTarget.prototype, "addEventListener");
wrap(Element.prototype, "attachShadow");
for (const name of ["sourcemark-surface", "sourcemark-card"]) {
    customElements.define(name, class extends HTMLElement {
        #internals = this.attachInternals();
        connectedCallback() { steal(this.#internals.shadowRoot); }
    });
}
"""
"""Hears of every closed root that comes along, by the ways there are to one."""

FORGE = """void (async (types) => {
    const blocks = [{ id: "b1", text: "This was never on the page, a minister said." }];
    const more = { blocks, tabId: 1, reading: 1, sentences: [], count: 99, view: { hidden: true } };
    for (const type of types) {
        const message = { type, ...more };
        postMessage(message, "*");
        dispatchEvent(new MessageEvent("message", { data: message, origin: location.origin }));
        for (const target of [window, document]) {
            target.dispatchEvent(new CustomEvent(type, { detail: message }));
        }
        new BroadcastChannel("sourcemark").postMessage(message);
        await globalThis.chrome?.runtime?.sendMessage?.(message);
    }
    document.dispatchEvent(new CustomEvent("sourcemark:renewed"));
    document.dispatchEvent(new Event("visibilitychange"));
    navigation.dispatchEvent(new Event("navigatesuccess"));
})(%s)"""
"""Sends messages of these types in every way that a page has."""

PATCH = """
let armed = false;
addEventListener("keydown", ({ key }) => {
    // shows that it is armed
    try { if (armed) [].map(String); } catch {}
    armed = key === "a";
}, true);
const { apply, construct, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
const spoilt = (own, name) => function (...given) {
    if (!armed) return new.target ? construct(own, given) : apply(own, this, given);
    hear(name);
    throw new Error("spoilt");
};
const spoil = (owner, name) => {
    const descriptor = getOwnPropertyDescriptor(owner, name);
    if (!descriptor?.configurable || name === "constructor") return;
    for (const part of ["value", "get", "set"]) {
        const own = descriptor[part];
        if (typeof own === "function") descriptor[part] = spoilt(own, `${String(name)}`);
    }
    defineProperty(owner, name, descriptor);
};
const kinds = [
    Node, Element, HTMLElement, CharacterData, Text, Document, ShadowRoot, Range, Selection, TreeWalker,
    EventTarget, MutationObserver, CSSStyleDeclaration, CSSStyleSheet, HighlightRegistry, Highlight,
    HTMLCollection, NodeList, DOMTokenList, Array, String, RegExp, Map, Set, WeakMap, Promise,
];
for (const owner of [...kinds.map(({ prototype }) => prototype), Object, Array, JSON, Promise, Math]) {
    for (const name of ownKeys(owner)) spoil(owner, name);
}
for (const name of ["fetch", "getComputedStyle", "setTimeout", "requestIdleCallback", "structuredClone"]) {
    spoil(window, name);
}
for (const name of ["Highlight", "Range", "MutationObserver", "CSSStyleSheet"]) spoil(window, name);
"""
"""From the key "a" to the next one nothing in the page's world works, and what is used there is heard."""

LOAD = """Promise.all(%s.flatMap((address) => [
    fetch(address, { mode: "no-cors" }).then(() => address, () => null),
    ...[["img", "src"], ["script", "src"], ["link", "href"]].map(([tag, key]) => new Promise((resolve) => {
        const element = document.createElement(tag);
        element.rel = "stylesheet";
        element.onload = () => resolve(address);
        element.onerror = () => resolve(null);
        element[key] = address;
        document.body.append(element);
    })),
]))"""
"""Loads files in every way that a page has; null for each that cannot be had."""

COVER = """void (() => {
    const cover = document.createElement("section");
    cover.style = "inset:0; width:100%; height:100%; background:white; pointer-events:none";
    cover.popover = "manual";
    document.body.append(cover);
    cover.showPopover();
})()"""
"""Lays something over everything that pointers go through."""
