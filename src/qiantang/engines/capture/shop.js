/* What a shop page says of itself: price, seller, licence, comments. Read from the page as it stands; nothing is changed. */
() => {
  const meta = (...names) => names.map((n) => document.querySelector(
    `meta[property="${n}"],meta[name="${n}"],[itemprop="${n}"]`)).filter(Boolean)
    .map((e) => (e.getAttribute("content") || e.innerText || "").trim()).find(Boolean) || null;
  const text = document.body ? document.body.innerText : "";
  const prices = [...text.matchAll(/(?:[¥￥]\s*|RMB\s*|CNY\s*)(\d[\d,]*(?:\.\d{1,2})?)|(\d[\d,]*(?:\.\d{1,2})?)\s*元/g)]
    .map((m) => (m[1] || m[2]).replaceAll(",", ""));
  const line = (pattern) => (text.match(pattern) || [])[1]?.trim() || null;
  const comments = [...document.querySelectorAll('[itemprop="review"],[class*="comment-item"],[class*="review-item"],li.comment,li.review')];
  return {
    price: meta("product:price:amount", "og:price:amount", "price") || prices[0] || null,
    prices: prices.slice(0, 50),
    seller: meta("seller", "og:site_name") || line(/(?:店铺|卖家|商家|经营者名称|企业名称|Seller|Sold by)\s*[:：]\s*([^\n]{2,80})/),
    licence: line(/(?:统一社会信用代码|注册号|营业执照(?:注册)?号|Licence no\.?)\s*[:：]?\s*([0-9A-Z]{15,18})/),
    comments: comments.slice(0, 200).map((e) => e.innerText.trim()).filter(Boolean),
  };
}
