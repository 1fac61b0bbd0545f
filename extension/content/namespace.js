/**
 * The one global of the content scripts. They are classic scripts: a content script cannot import
 * a module unless the module is opened to every page. Files run in the order of
 * background/activate.js, and a second run replaces functions with themselves.
 */
"use strict";


/**
 * @typedef {object} Segment      a stretch of a block's text that stands in one node
 * @property {Text | Element} node  a text node, or a `<br>` that reads as one space
 * @property {number} nodeStart   first UTF-16 unit in the node's data
 * @property {number} textStart   first UTF-16 unit in the block's text
 * @property {number} length      UTF-16 units, the same on both sides
 *
 * @typedef {object} TextRun      text that flows together, as a reader sees it
 * @property {Element} container  the nearest block-level element
 * @property {string} text        whitespace collapsed, ends trimmed
 * @property {Segment[]} segments in the order of the text, without overlaps
 * @property {number} linked      UTF-16 units of the text that stand in links
 *
 * @typedef {object} TextBlock    one paragraph of the article, with the way back to the page
 * @property {string} id
 * @property {string} text
 * @property {Segment[]} segments
 *
 * @typedef {object} Mark
 * @property {string} highlight   name in `CSS.highlights`
 * @property {Range} range
 *
 * @typedef {object} Painter      one way to show marks
 * @property {boolean} changesPage
 * @property {(marks: readonly Mark[]) => void} paint  replaces all marks of the page by these
 * @property {() => void} clear
 *
 * @typedef {object} Slice        a stretch of a block's text
 * @property {string} block
 * @property {number} start       first UTF-16 unit
 * @property {number} end         UTF-16 unit after the last one
 *
 * @typedef {object} SentenceAnswer  what background/answer.js passes on, beside the slice
 * @property {string | null} label
 * @property {string} state
 * @property {Record<string, number>} scores
 * @property {{name: string, named: boolean} | null} speaker
 * @property {(Slice & {kind: "source" | "cue"})[]} evidence
 * @property {string} reason
 *
 * @typedef {Slice & SentenceAnswer} LabelledSentence
 * @typedef {LabelledSentence & {text: string, range: Range | null}} PlacedSentence  `range` is null where it could not be placed
 *
 * @typedef {object} Contribution  a correction as it is given to the service, see shared/contribution.js
 * @property {string} model
 * @property {string | null} before
 * @property {string} sentence
 * @property {string | null} after
 * @property {string} given
 * @property {string | null} proposed
 *
 * @typedef {object} Recipient    who would get it, see shared/messages.js
 * @property {string} host
 * @property {boolean} isHere
 * @property {boolean} isEncrypted
 * @property {boolean} withToken
 *
 * @typedef {{contribution: Contribution, recipient: Recipient}} Proposal
 *
 * @typedef {object} Marking      all that is known about the page, in the order of the article
 * @property {PlacedSentence[]} placed
 * @property {{paragraphs: number, sentences: number}} unchecked
 * @property {{name: string, version: string, id: string} | null} model
 *
 * @typedef {object} Scope        the part of a page that is read
 * @property {Element[]} roots    the article's element; more where an endless page goes on with others like it
 * @property {Range | null} selection  what the reader had selected, or null where the article is read
 *
 * @typedef {object} Answer       of the service, as background/answer.js passes it on
 * @property {LabelledSentence[]} sentences
 * @property {Marking["unchecked"]} unchecked
 * @property {Marking["model"]} [model]
 * @property {Partial<View>} [view]  what the reader's settings say of it
 *
 * @typedef {object} Reading      what was read, and what the service said of it
 * @property {number} id
 * @property {Scope} scope
 * @property {TextBlock[]} blocks as they stand on the page now
 * @property {ShadowRoot[]} shadows  the open shadow roots among them
 * @property {Map<string, string[]>} ids  of the blocks with a text, in the order of the page
 * @property {number} lastId
 * @property {Map<string, number>} asked  length of every block that was sent, by its id
 * @property {Map<string, LabelledSentence[]>} answers  by the id of the block
 * @property {number} dropped     sentences that made no sense
 * @property {Marking["model"]} model
 *
 * @typedef {object} Watch
 * @property {(nodes: readonly Node[]) => void} include  watch these too
 * @property {() => void} forgive  forget the changes that were our own
 * @property {() => void} stop
 *
 * @typedef {object} View         what the reader wants to see of it
 * @property {Record<string, boolean>} labels  by label id
 * @property {"highlight" | "mark"} painter
 * @property {boolean} hidden     marks are kept, and not shown
 */

/**
 * @typedef {object} SourcemarkNamespace
 * @property {readonly string[]} highlights  every name the painter may use, in the order of the labels
 * @property {Readonly<Record<string, string>>} messages  by what they are for
 * @property {(message: unknown, sender: {id?: string, tab?: unknown}) => any} readMessage  null where it is none of ours
 * @property {(element: Element, style: CSSStyleDeclaration) => boolean} isUnseen
 * @property {(element: Element, style: CSSStyleDeclaration) => boolean} isDropCap
 * @property {(root: Element) => (element: Element, isBlock: boolean) => boolean} furnitureIn
 * @property {(run: TextRun) => boolean} isByline
 * @property {(text: string) => string} normalise
 * @property {(text: string) => boolean} hasSentence
 * @property {(node: Node) => node is Text} isText
 * @property {(root: Element, options?: {everything?: boolean, shadows?: ShadowRoot[]}) => TextRun[]} textRuns
 * @property {(range: Range) => string} textOf
 * @property {(element: Element) => Element | null} parentOf
 * @property {(roots: Element | readonly Element[], shadows?: ShadowRoot[]) => TextBlock[]} buildTextMap
 * @property {(block: TextBlock, start: number, end: number) => Range | null} rangeFor
 * @property {(block: TextBlock, start: number, end: number) => Range | null} placeIn
 * @property {(document: Document) => Element | null} findByReadability
 * @property {(document: Document) => Generator<void, Element | null, void>} searchArticle
 * @property {(document: Document) => Document[]} documentsIn
 * @property {(document: Document) => Range | null} findSelection
 * @property {(range: Range) => Element} elementAround  the innermost element that holds a range
 * @property {(range: Range, root: Element, shadows?: ShadowRoot[]) => TextBlock[]} selectedBlocks
 * @property {(id: number, scope: Scope) => Reading} startReading
 * @property {(reading: Reading) => void} readAgain
 * @property {(reading: Reading) => {id: string, text: string}[]} blocksToAsk
 * @property {(reading: Reading, blocks: readonly {id: string, text: string}[]) => void} keepAsked
 * @property {(reading: Reading, answer: Answer) => void} keepAnswer
 * @property {(reading: Reading) => boolean} isAnotherArticle
 * @property {(reading: Reading) => PlacedSentence[]} placeAll
 * @property {(sentence: PlacedSentence) => boolean} stands
 * @property {(document: Document) => Generator<void, Scope | null, void>} searchScope  null where there is nothing to read
 * @property {<T>(search: Generator<void, T, void>) => T} atOnce  take all steps of a search
 * @property {(document: Document) => Scope | null} findScope  all steps of the search at once
 * @property {(root: Element) => boolean} isArticle
 * @property {(scope: Scope, events: {changed: (following: Element[]) => void, left: () => void}) => Watch} watch
 * @property {(slice: Slice) => Range | null} place  null where the page no longer says what was sent
 * @property {(name: string, ranges: readonly Range[], priority?: number) => void} setHighlight
 * @property {(tree: Document | ShadowRoot) => CSSStyleSheet | undefined} adoptSheet
 * @property {Painter} painter  the one in use
 * @property {{highlight: Painter, mark: Painter}} painters
 * @property {{light: (ranges: readonly Range[]) => void, clear: () => void}} evidence
 * @property {(name: string, ...substitutions: string[]) => string} text  of _locales
 * @property {Readonly<Record<string, string>>} letters  by label id, in the order of the labels
 * @property {string} look  style sheet of our own elements
 * @property {<T extends keyof HTMLElementTagNameMap>(tag: T, className?: string, ...children: (Node | string)[]) => HTMLElementTagNameMap[T]} make
 * @property {<T extends keyof HTMLElementEventMap>(element: HTMLElement, type: T, listener: (event: HTMLElementEventMap[T]) => void) => void} hear
 * @property {(sentence: PlacedSentence) => {element: HTMLElement, evidence: Range[]}} explain
 * @property {(sentence: PlacedSentence, label: string) => HTMLElement[]} disagreement
 * @property {(sentence: PlacedSentence, chosen: string) => Contribution | null} contribution  `chosen` is a label id, or "none"; null where the sentence is gone, or nobody says what set its label
 * @property {(label: string | null) => string} nameOf  null where no source was found
 * @property {(recipient: Recipient) => "here" | "elsewhere"} whereTo
 * @property {(proposal: Proposal) => HTMLElement[]} preview
 * @property {(sentence: PlacedSentence) => {element: HTMLElement, propose: (chosen: string) => void}} giving
 * @property {SourcemarkView} view
 * @property {SourcemarkSurface} surface
 * @property {SourcemarkCard} card
 * @property {SourcemarkList} list
 * @property {(reading: Reading, placed: readonly PlacedSentence[]) => object} takeAlong  see shared/passages.js, MarkedArticle
 * @property {boolean} [listening]
 */

/**
 * @typedef {object} SourcemarkView
 * @property {() => boolean} isHidden
 * @property {(label: string) => boolean} isShown
 * @property {() => Marking | null} marking
 * @property {() => PlacedSentence[]} painted  the sentences whose marks are on the page now
 * @property {(change: Partial<View>) => void} change
 * @property {(marking: Marking) => void} update
 * @property {() => void} clear
 *
 * @typedef {object} SourcemarkSurface  the one element of ours in the page
 * @property {(element: HTMLElement) => void} show  on top of the page
 * @property {(element: HTMLElement) => void} remove
 * @property {(event: Event) => boolean} holds      whether an event comes from there
 * @property {() => Element | null} focused         the element of ours that has the keyboard
 *
 * @typedef {object} SourcemarkCard
 * @property {(placed: readonly PlacedSentence[]) => void} update
 * @property {(sentence: PlacedSentence, options?: {focus?: boolean}) => void} open  and keep it open
 * @property {() => void} dismiss  as by Escape: the card goes, and would come again
 * @property {() => void} close
 *
 * @typedef {object} SourcemarkList
 * @property {(marking: Marking) => void} update
 * @property {() => void} open
 * @property {() => void} close
 */

/** @type {SourcemarkNamespace} */
var Sourcemark = globalThis.Sourcemark ?? /** @type {any} */ ({});

Sourcemark.highlights = Object.freeze([
  "sourcemark-official_statement",
  "sourcemark-anonymous_claim",
  "sourcemark-eyewitness_quote",
]);

Sourcemark.letters = Object.freeze({ official_statement: "O", anonymous_claim: "A", eyewitness_quote: "E" });

Sourcemark.messages = Object.freeze({
  collect: "background>content:collect",
  paint: "background>content:paint",
  clear: "background>content:clear",
  report: "background>content:report",
  article: "background>content:article",
  label: "content>background:label",
  view: "background>content:view",
  toggle: "background>content:toggle",
  list: "background>content:list",
  correct: "content>background:correct",
  recipient: "content>background:recipient",
  give: "content>background:give",
  takeBack: "content>background:takeback",
  count: "content>background:count",
});
