(() => {
  "use strict";

  const polyfills = {
    toSorted(compare) {
      return Array.from(this).sort(compare);
    },
    toReversed() {
      return Array.from(this).reverse();
    },
    findLast(test, self) {
      for (let i = this.length - 1; i >= 0; i--) if (test.call(self, this[i], i, this)) return this[i];
    },
  };
  for (const [name, value] of Object.entries(polyfills)) {
    if (name in Array.prototype) continue;
    Object.defineProperty(Array.prototype, name, { value, configurable: true, writable: true });
  }

  const PHRASES = new Map(
    Object.entries({
      "Upload": "上传文件",
      "Upload directories": "上传文件夹",
      "Browse files": "选择文件",
      "Add files": "再加文件",
      "Drag and drop a file here": "把文件拖到这里",
      "Drag and drop file here": "把文件拖到这里",
      "Drag and drop files here": "把文件拖到这里",
      "Drag and drop directories here": "把文件夹拖到这里",
      "File Uploader": "上传文件",
      "file upload": "上传文件",
      "add icon": "增加",
      "Only one file is allowed.": "只能上传一个文件。",
      "File size is too small.": "文件太小。",
      "Unexpected error. Please try again.": "出了意外，请再试一次。",
      "Help": "说明",
      "Error uploading file": "上传失败",
      "Error deleting file": "删除失败",
      "Download failed": "下载失败",
      "Download Button": "下载",
      "Choose an option": "请选择",
      "Choose options": "请选择",
      "Choose or add an option": "请选择或新增",
      "Choose or add options": "请选择或新增",
      "Add an option": "新增一项",
      "Add options": "新增选项",
      "No options to select": "没有可选项",
      "No options to select.": "没有可选项",
      "No options": "没有可选项",
      "No results": "没有结果",
      "Select...": "请选择",
      "Select all": "全选",
      "Selected values": "已选",
      "Selectbox": "下拉选择",
      "Selectbox options": "可选项",
      "Multiselect": "多选",
      "Multiselect options": "可选项",
      "All selected options have been cleared.": "已清空所选",
      "Clear all": "全部清空",
      "Clear value": "清空",
      "Clear entry": "清空",
      "Clear selection": "取消选中",
      "Clear date": "清空日期",
      "Clear dates": "清空日期",
      "Clear time": "清空时间",
      "Choose date": "选择日期",
      "Choose date range": "选择日期范围",
      "Choose date and time": "选择日期和时间",
      "Date range": "日期范围",
      "yyyy": "年",
      "mm": "月",
      "dd": "日",
      "Quick select a date range": "快速选择日期范围",
      "Use arrow keys to navigate dates. Enter to select. Escape to close.": "方向键移动，回车选定，Esc 关闭。",
      "Next month": "下个月",
      "Previous month": "上个月",
      "Press Enter to apply": "按回车键确定",
      "Press Enter to submit form": "按回车键提交",
      "Press Ctrl+Enter to apply": "按 Ctrl+回车键确定",
      "Press Ctrl+Enter to submit form": "按 Ctrl+回车键提交",
      "Press ⌘+Enter to apply": "按 ⌘+回车键确定",
      "Press ⌘+Enter to submit form": "按 ⌘+回车键提交",
      "Increment": "增加",
      "Decrement": "减少",
      "Invalid input.": "输入无效。",
      "Invalid time format. Please use HH:MM.": "时间请写成 HH:MM。",
      "Show password": "显示密码",
      "Hide password": "隐藏密码",
      "Show/hide columns": "显示/隐藏列",
      "Download as CSV": "下载 CSV",
      "Search": "搜索",
      "Type to search": "输入要找的内容",
      "Next Result": "下一处",
      "Previous Result": "上一处",
      "Close Search": "关闭搜索",
      "over 1000": "1000 处以上",
      "Fullscreen": "全屏",
      "Close fullscreen": "退出全屏",
      "Add row": "增加一行",
      "Delete row(s)": "删除所选行",
      "Dataframe column menu": "列菜单",
      "Scrollable table": "可滚动的表格",
      "Sort ascending": "升序",
      "Sort descending": "降序",
      "Pin column": "固定此列",
      "Unpin column": "取消固定",
      "Hide column": "隐藏此列",
      "Autosize": "自动列宽",
      "Copy column name": "复制列名",
      "text": "文本",
      "number": "数字",
      "date": "日期",
      "datetime": "日期和时间",
      "checkbox": "是否",
      "Format": "格式",
      "Automatic": "自动",
      "Localized": "按本地习惯",
      "Plain": "原样",
      "Compact": "简写",
      "Dollar": "美元",
      "Euro": "欧元",
      "Yen": "日元",
      "Percent": "百分比",
      "Scientific": "科学计数",
      "Accounting": "会计",
      "Distance": "距今",
      "Calendar": "日历",
      "Duration": "时长",
      "Statistics": "统计",
      "Based on sample": "按抽样计算",
      "Values": "值",
      "Count": "个数",
      "Distinct": "不同值",
      "Empty": "空值",
      "Sum": "合计",
      "Average": "平均",
      "Median": "中位数",
      "Minimum": "最小",
      "Maximum": "最大",
      "Range": "范围",
      "Standard deviation": "标准差",
      "Average length": "平均长度",
      "Minimum length": "最短",
      "Maximum length": "最长",
      "Distribution histogram": "分布图",
      "Top values frequency chart": "最常见的值",
      "True/false distribution chart": "是否分布图",
      "No data": "没有数据",
      "No content": "没有内容",
      "Loading...": "正在载入…",
      "Failed to load data": "载入失败",
      "Copy to clipboard": "复制",
      "Copied": "已复制",
      "Link to heading": "本节链接",
      "Expand sidebar": "打开侧栏",
      "Open sidebar": "打开侧栏",
      "Collapse sidebar": "收起侧栏",
      "Close sidebar": "收起侧栏",
      "Sidebar": "侧栏",
      "App pages": "页面菜单",
      "Navigate to home page": "回到首页",
      "Skip to main content": "跳到正文",
      "View less": "收起",
      "view less": "收起",
      "view more": "展开",
      "Main menu": "主菜单",
      "Theme": "主题",
      "Print": "打印",
      "Settings": "设置",
      "Open": "展开",
      "Close": "关闭",
      "Dismiss": "关闭",
      "Notifications": "通知",
      "Scroll tabs left": "向左",
      "Scroll tabs right": "向右",
      "Pagination": "翻页",
      "Next page": "下一页",
      "Previous page": "上一页",
      "Running...": "正在计算…",
      "Please wait...": "请稍候…",
      "Stop": "停止",
      "Stop script": "停止",
      "Stopping...": "正在停止…",
      "Rerun": "重新计算",
      "Always rerun": "总是重新计算",
      "File change.": "文件已变。",
      "Connecting": "正在连接",
      "Connecting to Streamlit server": "正在连接服务器",
      "Unable to connect to Streamlit server": "连不上服务器",
      "Reconnected to server.": "已重新连上服务器。",
      "Connection error": "连接中断",
      "Connection closed": "连接已断开",
      "Connection timed out.": "连接超时",
      "Connection lost. Please wait for the app to reconnect, then try again.": "连接已断开，请等页面重新连上后再试。",
      "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
        "服务好像停了。请联系管理员；您就是管理员的话，请重新启动：",
      "streamlit run yourscript.py": "make run",
      "Streamlit server is not responding. Are you connected to the internet?":
        "服务器没有回应，请检查本机是否连着单位内网，或联系管理员。",
      "Network issue": "网络问题",
      "Network error": "网络错误",
      "Page not found": "没有这个页面",
      "The page that you have requested does not seem to exist. Running the app's main page.":
        "您要的页面不存在，已为您打开首页。",
      "Oh no.": "出错了。",
      "Error": "出错了",
      "Unknown error": "未知错误",
      "Your app is having trouble loading the component.": "这个部件没能载入，请刷新页面。",
      "Zoom": "缩放",
      "Pan": "平移",
      "Zoom in": "放大",
      "Zoom out": "缩小",
      "Autoscale": "自动范围",
      "Reset axes": "还原坐标轴",
      "Box Select": "框选",
      "Lasso Select": "套索选择",
      "Download plot as a PNG": "下载为 PNG 图片",
      "Reset bearing to north": "恢复正北",
      "Toggle attribution": "显示/隐藏图源",
      "Map": "地图",
    }),
  );

  const PARTS_OF_A_DATE = { year: "年", month: "月", day: "日" };

  const longDay = (day) => new Date(day).toLocaleDateString("zh-CN", { dateStyle: "long" });

  const PATTERNS = [
    [/^(\S+) per file$/, "单个文件不超过 $1"],
    [/^(.+) files are not allowed\.$/, "不能上传 $1 文件。"],
    [/^File must be (.+) or smaller\.$/, "文件不能超过 $1。"],
    [
      /^(Show\/hide columns|Download as CSV|Search|Fullscreen|Close fullscreen|Delete row\(s\)|Add row): (.+)$/,
      (_, tool, element) => `${PHRASES.get(tool)}：${element}`,
    ],
    [/^This app has encountered an error\.[^]*$/, "页面出错了，详情已记入服务器日志，请联系管理员。"],
    [/^(\d+) results?$/, "$1 处"],
    [/^(\d+) of (\d+) results?$/, "第 $1 处，共 $2 处"],
    [/^(\d+) of over 1000$/, "第 $1 处，共 1000 处以上"],
    [/^(\d+)th percentile$/, "第 $1 百分位"],
    [/^Select (\d+) matches$/, "选中这 $1 项"],
    [/^Add: (.+)$/, "新增：$1"],
    [/^Remove (.+)$/, "移除 $1"],
    [/^View (\d+) more$/, "还有 $1 页"],
    [/^Page (\d+)$/, "第 $1 页"],
    [/^Help for (.+)$/, "$1的说明"],
    [/^(\d+) options? available\.$/, "$1 个可选项。"],
    [/^Choose date(?: range)?, (.+)$/, "选择日期，$1"],
    [/^Selected Date: (.+)$/, (_, day) => `已选${longDay(day)}`],
    [/^Selected Range: (.+) to (.+)$/, (_, first, last) => `已选${longDay(first)}至${longDay(last)}`],
    [/(?:Error: )?Date set outside allowed range\. Please select a date between (.+) and (.+)\.$/, "日期应在 $1 和 $2 之间。"],
    [/(?:Error: )?Date set outside allowed range\. Please select a date on or after (.+)\.$/, "日期不能早于 $1。"],
    [/(?:Error: )?Date set outside allowed range\. Please select a date on or before (.+)\.$/, "日期不能晚于 $1。"],
    [/^(year|month|day), (.+)$/, (_, part, field) => `${intoChinese(field)}，${PARTS_OF_A_DATE[part]}`],
    [/^(.+) start date$/, "$1起"],
    [/^(.+) end date$/, "$1止"],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/, "最多选 $1 项，请先去掉一项。"],
    [/^You have requested page \/(.*), but no corresponding file was found.*$/, "没有“$1”这个页面，已为您打开首页。"],
    [/^Cannot connect to Streamlit \(HTTP status: (\d+)\)\.[^]*$/, "服务器拒绝了连接（$1），请联系管理员。"],
  ];

  const ATTRIBUTES = ["aria-label", "placeholder", "title", "data-title", "alt"];
  const WITH_ATTRIBUTES = ATTRIBUTES.map((name) => `[${name}]`).join();
  const turned = new WeakMap();
  let language = document.documentElement.lang.slice(0, 2);

  const tag = () => (language === "zh" ? "zh-CN" : language);
  Object.defineProperty(navigator, "language", { get: tag });
  Object.defineProperty(navigator, "languages", { get: () => [tag()] });

  const intoChinese = (text) => {
    const phrase = text.trim();
    if (PHRASES.has(phrase)) return text.replace(phrase, PHRASES.get(phrase));
    const known = PATTERNS.find(([pattern]) => pattern.test(phrase));
    return known ? phrase.replace(...known) : text;
  };

  // What the house wrote is in the reader's language already, and a name in it may read like a phrase: "Open".
  const isOfTheHouse = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest(".stHtml, canvas");

  const turn = (node, name) => {
    if (isOfTheHouse(node)) return;
    const shown = name ? node.getAttribute(name) : node.data;
    if (!shown) return;
    const before = (turned.get(node) || {})[name];
    const english = before && before.chinese === shown ? before.english : shown;
    const wanted = language === "zh" ? intoChinese(english) : english;
    if (wanted === shown) return;
    turned.set(node, { ...turned.get(node), [name]: { english, chinese: wanted } });
    if (name) node.setAttribute(name, wanted);
    else node.data = wanted;
  };

  const turnElement = (element) => ATTRIBUTES.forEach((name) => turn(element, name));

  const turnAll = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return turn(root, "");
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    turnElement(root);
    root.querySelectorAll(WITH_ATTRIBUTES).forEach(turnElement);
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) turn(texts.currentNode, "");
  };

  const turnChange = (change) => {
    if (change.type === "childList") change.addedNodes.forEach(turnAll);
    else turn(change.target, change.attributeName || "");
  };

  const languageChanged = () => {
    const sign = document.getElementById("frontline-state");
    if (!sign || sign.dataset.language === language) return false;
    language = sign.dataset.language;
    document.documentElement.lang = tag();
    window.dispatchEvent(new Event("languagechange"));
    return true;
  };

  new MutationObserver((changes) => {
    if (languageChanged()) turnAll(document.documentElement);
    else changes.forEach(turnChange);
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: [...ATTRIBUTES, "data-language"],
  });
})();
