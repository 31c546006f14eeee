"""A small file of claims: one that a short run of a small organization can judge, and one that nothing stands for."""

SMALL = """\
claims:
  roles:
    title: {en: 'RACI: no quarrels', zh: RACI：没有争吵}
    text: {en: Nobody passes anything on any more., zh: 再没有人推诿。}
    source: {en: a newspaper, zh: 一份报纸}
    scenario: trust_trap
    set: {horizon_weeks: 4, warmup_weeks: 0}
    with: raci
    measure: bounces_per_100
    percent: -99
    anchors:
      - says: {en: a third less, zh: 减少三分之一}
        grade: trial
        reference: Nobody 2020
        percent: [-50, -1]
  sales:
    title: {en: Sales doubled, zh: 销售翻倍}
    text: {en: Sales doubled., zh: 销售额翻了一倍。}
    source: {en: a newspaper, zh: 一份报纸}
    cannot: {en: there is no market in the model, zh: 模型中没有市场}
"""
