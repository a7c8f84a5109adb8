"""What a reader could not read on a page: text too faint on its ground."""

from __future__ import annotations

# Every piece of text whose contrast to the ground it stands on is below 4.5 (3 for large text), as WCAG 2 counts it.
FAINT = """() => {
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const over = (colours) => { canvas.clearRect(0, 0, 1, 1);
        for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3); };
    const light = (rgb) => rgb.map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const found = [];
    const walk = document.createTreeWalker(document.querySelector('[data-testid=stMain]'), NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const element = node.parentElement, style = getComputedStyle(element);
        if (!node.textContent.trim() || !element.checkVisibility() || !element.closest('.page')) continue;
        const grounds = [];
        for (let each = element; each; each = each.parentElement) grounds.unshift(getComputedStyle(each).backgroundColor);
        const ground = over(grounds), ink = over([...grounds, style.color]);
        const [low, high] = [light(ground), light(ink)].sort((a, b) => a - b);
        const size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
        const contrast = (high + 0.05) / (low + 0.05);
        if (contrast < (large ? 3 : 4.5)) found.push(`${node.textContent.trim().slice(0, 20)} ${contrast.toFixed(2)}`);
    }
    return [...new Set(found)];
}"""
