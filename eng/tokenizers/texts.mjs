// Texts that tokenizers get wrong. Seeded, so that the vectors are reproducible.

const fixed = [
  "", " ", "\n", "\r\n", "\t", "a", "The quick brown fox jumps over the lazy dog.", "Hello, world! How are you today?",
  "I'm sure they'll say we've done what you'd expect; it's not that they're wrong, don't you think?",
  "I'M SURE THEY'LL SAY WE'VE DONE WHAT YOU'D EXPECT. IT'S DON'T", "O'Neill's rock'n'roll 'tis 'Twas y'all'd've", "it'\u017fhop IT'\u017f '\u017f", "'s 't 'RE 'Ll ' ''' 'x",
  "x = [i ** 2 for i in range(10) if i % 2 == 0]\n\nif x:\n    print(f\"{x!r:>10}\")\n\t# tab\n",
  "public static async Task<int> RunAsync(CancellationToken ct = default) => await Task.FromResult(42);\r\n\r\n    // end\r\n",
  "SELECT * FROM users WHERE id = 12345 AND name LIKE '%o''brien%';", "{\"a\":[1,2.5e-10,null,true],\"b\":{\"c\":\"d\\n\"}}",
  "1 12 123 1234 12345 123456789012345678901234567890", "3.14159 1,000,000 $99.99 50% #1 @2 0x1F 1e10", "\u0661\u0662\u0663\u0664 \u0967\u0968\u0969\u096a \u2160\u2161\u2162 \u00bd\u00bc \u2460\u2461",
  "HTTPServer XMLHttpRequest iPhone eBay McDonald ABCdefGHI camelCaseString SCREAMING_SNAKE_CASE", "\u01c5ungla \u01c8ubav \u1f88\u03c2",
  "\u4eca\u5929\u5929\u6c14\u5f88\u597d\uff0c\u6211\u4eec\u53bb\u516c\u56ed\u6563\u6b65\u5427\u3002", "\u6771\u4eac\u306f\u65e5\u672c\u306e\u9996\u90fd\u3067\u3059\u3002\u30ab\u30bf\u30ab\u30ca\u3082\u66f8\u304d\u307e\u3059\u3002", "\uc548\ub155\ud558\uc138\uc694, \ubc18\uac11\uc2b5\ub2c8\ub2e4!",
  "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645\u060c \u0643\u064a\u0641 \u062d\u0627\u0644\u0643\u061f", "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd \u05e2\u05d5\u05dc\u05dd", "\u0928\u092e\u0938\u094d\u0924\u0947 \u0926\u0941\u0928\u093f\u092f\u093e", "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e0a\u0e32\u0e27\u0e42\u0e25\u0e01",
  "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440! \u041a\u0410\u041a \u0434\u0435\u043b\u0430?", "\u0393\u03b5\u03b9\u03ac \u03c3\u03bf\u03c5 \u039a\u03cc\u03c3\u03bc\u03b5", "Stra\u00dfe \u00c4PFEL na\u00efve caf\u00e9 cafe\u0301 E\u0301COLE e\u0301\u0302\u0303",
  "\u{1f600}\u{1f44d}\u{1f3fd} \u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466} \u{1f1e9}\u{1f1ea}\u{1f1eb}\u{1f1f7} \u2764\ufe0f \u{1f3f4}\u{e0067}\u{e0062}\u{e007f}", "\u{1d400}\u{1d41a}\u{1d7d8}\u{1d7d9} \u{20000}\u{20001} \u{10400}\u{10428}\u{104a0}",
  "a\u0085b\u00a0c\u1680d\u2003e\u2028f\u2029g\u202fh\u205fi\u3000j\ufeffk\u200bl\u180em", " \u00a0 \u3000word \u2003\n\u2003 x", "\u0301ABC !\u0301x !!\u0301x \u0301\u0301 \u0301a \u0301A \n\u0301",
  "foo//\n/bar\r\n//\n\n/ ?!\n\n\n x", "a  b   c    d     e", "a\tb\t\tc\n\n\nd \n e\r\n \r\n f \n", "x\n  ", "  \n \n  ", "\n\n  y", "   z", "... --- ===== ******** ____", "<|endoftext|> <|im_start|>user<|im_sep|>hi<|im_end|><|fim_prefix|><|endofprompt|>",
  "https://example.com/path/to?query=1&other=%20x#frag user@example.org", "dGhlIHF1aWNrIGJyb3duIGZveA== 6f9619ff-8b86-d011-b42d-00cf4fc964ff deadbeef0123456789",
  "\ufffd\ufffd \u0000\u0001\u001f\u007f", "a".repeat(1000), " ".repeat(1000), "ab".repeat(500), "\n".repeat(300), " \n".repeat(200), "0".repeat(100), "\u3042A".repeat(100), "!".repeat(500), "\u00e9".repeat(200), "\u{1f600}".repeat(60), "=".repeat(77) + "\n", "A".repeat(99) + "b", "=-".repeat(60),
];

const alphabets = [
  "abcdefghijklmnopqrstuvwxyz", "ABCxyz'\u2019 ", " \t\n\r\u00a0\u3000\u0085", "aB3 '\n.", "0123456789\u0663\u00bd", "(){}[]<>;:,.!?/\\|@#$%^&*-_=+`~\"'", "\u0301\u0302a\u0300A \u20dd!", "'sStTrReEvVmMlLdD \u017f",
  "\u3042\u30a2\u4e00\u4e8c\uac00\u0e01\u05d0\u0627", "\u01c5\u02b0A\u0410\u0430\u00aa\u0345", "/\r\n/!? a", "et aoin\nshrdlu",
];
const ranges = [[0x20, 0x7e], [0x00, 0xff], [0x100, 0x2ff], [0x300, 0x5ff], [0x600, 0xdff], [0x1e00, 0x2bff], [0x3000, 0x9fff], [0xa000, 0xd7ff], [0xe000, 0xffff], [0x10000, 0x1ffff], [0x20000, 0x10ffff]];

export function texts() {
  const random = generator(20260821), below = (n) => Math.floor(random() * n);
  const drawn = [];
  for (let i = 0; i < 480; i++) {
    const parts = [];
    for (let n = 1 + below(4); n > 0; n--) parts.push(i % 2 ? fromAlphabet(alphabets[below(alphabets.length)]) : fromRange(ranges[below(ranges.length)]));
    drawn.push(parts.join(""));
  }
  return [...fixed, ...drawn];

  function fromAlphabet(letters) {
    const all = [...letters];
    return Array.from({ length: 1 + below(24) }, () => all[below(all.length)]).join("");
  }

  function fromRange([low, high]) {
    return Array.from({ length: 1 + below(8) }, () => String.fromCodePoint(low + below(high - low + 1))).join("");
  }
}

/** mulberry32 */
function generator(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
