"""The units of the metrics in the dictionary, marked for the catalogues."""

from language import N_

YUAN, PERCENT, RATIO = "元", N_("%"), N_("比例")
UNITS = (N_("项"), N_("次"), N_("元"), N_("㎡"), N_("份"), N_("件"), N_("个"), N_("家"), N_("间"), N_("小时"), N_("分"), N_("天"), N_("倍"), RATIO,
         N_("人"), N_("人次"), N_("套"), N_("条"), N_("支"), N_("户"))
