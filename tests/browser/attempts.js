/* What a page can try against a service that is not its own. Every attempt gives what it could get: the words it
   could read, "loaded" where something was taken in, "" where nothing was. No browser tells a page what became of
   a frame, so those are looked at afterwards, see `framed`. */

const HOW = {
    fetch: (url, options) => fetch(url, options).then((response) => response.text()),

    xhr: (url, { method = "GET", headers = {}, body = null }) =>
        new Promise((resolve) => {
            const request = new XMLHttpRequest();
            request.open(method, url);
            for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
            request.onloadend = () => resolve(request.responseText);
            request.send(body);
        }),

    form: (url, { method, enctype, fields }) => {
        const form = make("form", { action: url, method, enctype, target: url });
        for (const [name, value] of Object.entries(fields)) {
            form.append(make("input", { type: "hidden", name, value }));
        }
        document.body.append(form, make("iframe", { name: url }));
        form.submit();
    },
    iframe: (url) => document.body.append(make("iframe", { src: url })),
    object: (url) => document.body.append(make("object", { data: url })),

    img: (url) => taken(make("img", { src: url })),
    audio: (url) => taken(make("audio", { src: url, preload: "auto" })),
    script: (url) => taken(make("script", { src: url })),
    link: (url) => taken(make("link", { rel: "stylesheet", href: url })),

    websocket: (url) =>
        new Promise((resolve) => {
            const socket = new WebSocket(url.replace("http", "ws"));
            socket.onopen = () => resolve("loaded");
            socket.onclose = () => resolve("");
        }),
    eventsource: (url) =>
        new Promise((resolve) => {
            const source = new EventSource(url);
            source.onopen = () => resolve("loaded");
            source.onerror = () => {
                source.close();
                resolve("");
            };
        }),
    beacon: (url, { type, body }) => void navigator.sendBeacon(url, new Blob([body], { type })),
    worker: (url) => {
        const code = `try { importScripts(${JSON.stringify(url)}); postMessage("loaded"); } catch { postMessage(""); }`;
        const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
        return new Promise((resolve) => {
            worker.onmessage = ({ data }) => resolve(data);
            worker.onerror = () => resolve("");
        });
    },
    own_worker: (url) => {
        const worker = new Worker(url);
        return new Promise((resolve) => {
            worker.onerror = () => resolve("");
        });
    },
    module: (url) => import(url).then(() => "loaded"),
};

/** Try everything in `list`; each entry is `{ name, how, url, options }`. Returns what each could get, by name. */
async function attempt(list) {
    const tried = list.map(async ({ name, how, url, options }) => {
        try {
            return [name, (await HOW[how](url, options)) ?? ""];
        } catch {
            return [name, ""];
        }
    });
    return Object.fromEntries(await Promise.all(tried));
}

/** Try everything from inside a frame whose origin is "null": sandboxed, or of a data: address. */
function attemptInFrame(kind, code, list) {
    const html = `<body><script>${code}
        addEventListener("message", async ({ data }) => parent.postMessage(await attempt(data), "*"));
        parent.postMessage("ready", "*");</` + "script>";
    const frame = make("iframe", kind === "data" ? { src: `data:text/html,${encodeURIComponent(html)}` } : { srcdoc: html });
    if (kind === "sandbox") frame.setAttribute("sandbox", "allow-scripts allow-forms");
    return new Promise((resolve) => {
        addEventListener("message", ({ data, source }) => {
            if (source !== frame.contentWindow) return;
            if (data === "ready") frame.contentWindow.postMessage(list, "*");
            else resolve(data);
        });
        document.body.append(frame);
    });
}

function make(name, properties) {
    return Object.assign(document.createElement(name), properties);
}

function taken(element) {
    return new Promise((resolve) => {
        for (const event of ["load", "loadedmetadata"]) element.addEventListener(event, () => resolve("loaded"));
        element.addEventListener("error", () => resolve(""));
        document.body.append(element);
    });
}

/** Return the words that can be read in the frames of this page. */
function framed() {
    const words = [...document.querySelectorAll("iframe, object")].map((frame) => {
        try {
            return frame.contentDocument.body.innerText;
        } catch {
            // another origin's page is not to be read
            return "";
        }
    });
    return words.join("");
}
