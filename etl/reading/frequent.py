"""How plausible a text is as Chinese: by the characters people use, which a wrong decoding seldom hits."""

from __future__ import annotations

import unicodedata

_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
    "项编额企目名序备注单位统一社会信用代码金账款税收入支出预决算招投标合同签约开竣工协议负责联系电话地址邮箱所在街道镇乡村园区产业绿色化工新能源材料装备制造生物医药概念验证中试成果转移转化孵化加速基金项目落地填报审核盖章联系人季度月份同比增长累计本期上年完成占比排名说明备案登记注册资本万元亿元人民币合计小计总计其中男女性别身份籍贯学历职务职称岗位姓名出生日期毕业院校专业兰州甘肃北京上海广东江苏浙江山东河北河南湖北湖南四川重庆陕西青宁夏新疆西藏内蒙古辽吉林黑龙安徽福建江西海南贵云台湾香港澳门"
    "的這個為國時來們會發動說產種過對學經進著電裡實現體機當從業還應開與關問點長東車門見馬風飛龍書筆畫圖號報導頭題類顯間陽陰雜難離電靜項預領顧額員財貨責費資買賣質贈趙過運達遠適選還邊鄉鄰醫釋鐵錄錢鎮銀銷鋼閱開陳陸際隊階隨險雙雖雲零需頁順須頻顏願飯館驗體鬥魚鳥麗黃點黨齊齡專業單價數據總計縣區廠庫廣應張強後徑復徵德態慣憑戰戲擇擔據擴攝支敗敘數斷時晝會條東極構樂標樣樹橋機檔檢權歐歲歷歸殘殺氣決況況法測湯準溝滿漢漸潔澤濟濱災為無煙熱爭爾狀獎獨獲環產畢畫異當療發盡盤監確礎禮種稱積穩窮競筆等節範築簡約紅級細終組結絡給統經綜維網緊線編緩縣縱總績織繼續罰義習職聯聲聽肅與興舉舊萬華葉著蓋處號蘭術衛補裝製複見規視覺親觀計訂記許設訪証評識訴該詳認語誤說課調談請論證警議護讀變讓財貴費賀資質贊趕跡躍車軌軍較載輔輕輛輸轄辦農週逃進遊運達違選遺郵鄉鄧釋針銷錄鍵鎮長門閉間隊陽階際險隸離雲電靈項順須預領頭題額風飛養餘館駐驗騰體鮮鳥麥點台灣澳門")
_ODD_SCRIPTS = ("HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA", "CYRILLIC", "BOPOMOFO", "BOX DRAWINGS", "HANGUL", "GREEK", "ARABIC", "LATIN")
_ENOUGH = 20_000  # characters that decide


def plausibility(text: str) -> float:
    """From about -1 (not meant so) to 1 (plain Chinese): the mean over its characters beyond ASCII; 0 where there are none."""
    beyond = [character for character in text[:_ENOUGH * 4] if character > "\x7f"][:_ENOUGH]
    return sum(map(_weight, beyond)) / len(beyond) if beyond else 0.0


def _weight(character: str) -> float:
    if character in _COMMON:
        return 1.0
    if "\u4e00" <= character <= "\u9fff":
        return 0.45 if _is_everyday(character) else -0.1
    if character == "\ufffd":
        return -3.0
    if "\u3000" <= character <= "\u3020" or "\uff01" <= character <= "\uff5e" or character in "—…“”‘’·×÷±≥≤℃㎡①②③④⑤⑥⑦⑧⑨⑩％‰～★☆●○√\xa0":
        return 0.3
    category = unicodedata.category(character)
    if category in ("Co", "Cn", "Cc", "Cs"):
        return -1.5
    return -0.6 if unicodedata.name(character, "").startswith(_ODD_SCRIPTS) else -0.2


def _is_everyday(character: str) -> bool:
    """Whether it is of the first level of GB2312 or of Big5, in which the national standards put the characters of daily use."""
    for encoding, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            lead = character.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
        if first <= lead <= last:
            return True
    return False
