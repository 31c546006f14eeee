"""What columns of logs are called: by systems, and in English, Chinese, German, Dutch and Spanish."""

from __future__ import annotations

from sim.eventlog.states import folded

PARTS = ("case", "activity", "end", "start", "group", "resource", "due", "priority", "state", "transition", "instance")
"""What columns are taken for."""

_KNOWN = {
    "case": """
        case:concept:name | case id | caseid | case_id | case | case key | _case_key | trace id | trace
        | case number | case no
        | ticket id | ticket | ticket number | ticket no | issue key | issue id | key | incident id | incident number
        | incident
        | sr number | request id | request number | request | order id | order number | order no | order
        | application id
        | application number | number | process instance id | process instance | process id | instance id
        | sales document
        | purchase order | purchasing document | ebeln | vbeln | aufnr | document number | claim id | claim number
        | patient id
        | 案件编号 | 案例编号 | 案例 | 案件 | 工单编号 | 工单号 | 工单 | 订单号 | 订单编号 | 订单 | 申请编号 | 申请号
        | 单号 | 单据编号
        | 流程实例 | 流程编号 | 编号 | 事件单号 | 合同编号
        | fall id | fallnummer | fall | vorgang | vorgangsnummer | vorgangs id | auftrag | auftragsnummer | bestellung
        | bestellnummer | ticketnummer | antragsnummer | belegnummer
        | zaaknummer | zaak id | zaak | dossier | dossiernummer | aanvraagnummer | zaakid | ordernummer
        | meldingsnummer
        | id caso | caso | id del caso | número de caso | numero de caso | expediente | solicitud | pedido
        | número de pedido
    """,
    "activity": """
        concept:name | activity | activity name | activity_en | activity key | task | task name | event | event name
        | action
        | step | status | state | event type | operation | operation text | transaction | milestone | stage
        | incident state | incident_state
        | activity id | changed to | new status | new value
        | 活动 | 活动名称 | 任务 | 任务名称 | 环节 | 环节名称 | 步骤 | 节点 | 节点名称 | 状态 | 操作 | 动作 | 事件
        | 工序 | 处理环节
        | aktivität | aktivitaet | aktivitätsname | tätigkeit | schritt | vorgangsschritt | aufgabe | arbeitsschritt
        | ereignis | aktion
        | activiteit | activiteitnaam | taak | stap | processtap | handeling | gebeurtenis | actie
        | actividad | nombre de la actividad | tarea | paso | evento | acción | etapa | estado
    """,
    "end": """
        time:timestamp | end time | endtime | end_time | end timestamp | end_timestamp | complete timestamp
        | completion time
        | complete time | completed at | completed | end | end date | finish time | finished | finish | finished at
        | end datetime
        | timestamp | time stamp | event time | eventtime | event_time | time | datetime | date time | date
        | event timestamp
        | event date | sys_updated_on | sys_updated_at | updated
        | updated at | updated on | closed at | created on | change time
        | changed | changed at
        | updated_at | sys_updated_at | resolved | resolved at | udate | cpudt | erdat | activity time
        | start_time_end
        | 结束时间 | 完成时间 | 时间 | 时间戳 | 处理时间 | 办结时间 | 完成日期 | 结束日期 | 日期 | 操作时间 | 办理时间
        | 发生时间
        | ende | endzeit | endzeitpunkt | enddatum | abgeschlossen | abschluss | zeitstempel | zeitpunkt | zeit
        | datum | datum/uhrzeit
        | eindtijd | einddatum | eind | einde | eindtijdstip | tijdstip | tijdstempel | afgerond | tijd | voltooid
        | fin | hora de fin | fecha de fin | fecha fin | hora fin | finalización | marca de tiempo | fecha y hora
        | fecha | hora
    """,
    "start": """
        start_timestamp | start time | starttime | start_time | start timestamp | start | start date | started
        | started at | begin | begin time
        | begin date | start datetime | begun at | time:start | from time | opened at
        | 开始时间 | 开始日期 | 开始 | 受理时间 | 接收时间 | 起始时间
        | startzeit | startzeitpunkt | beginn | anfang | startdatum | anfangszeit | begonnen | beginnzeit
        | starttijd | startdatum | begintijd | aanvang | begindatum | starttijdstip
        | inicio | hora de inicio | fecha de inicio | fecha inicio | hora inicio | comienzo
    """,
    "group": """
        org:group | group | assignment group | assignment_group | assigned group | team | assigned team
        | support team | department | dept
        | organizational unit | org unit | organisation unit | orgunit | support group | queue | unit | office
        | section | division
        | workgroup | work group | org:role | role | resource group | case:org:group | owner group | involved st
        | 部门 | 处理部门 | 团队 | 班组 | 小组 | 科室 | 组 | 处理组 | 责任部门 | 角色 | 岗位
        | abteilung | gruppe | bereich | fachbereich | organisationseinheit | rolle | bearbeitergruppe
        | afdeling | groep | behandelgroep | organisatie eenheid | rol | eenheid
        | departamento | grupo | equipo | área | area | unidad | sección | rol
    """,
    "resource": """
        org:resource | resource | resource name | user | user name | username | assignee | assigned to | assigned_to
        | agent | owner | employee
        | performer | executed by | worker | handler | operator | staff | person | originator | sys_updated_by
        | updated by | changed by
        | usnam | ernam | owner first name | author | resolver
        | 处理人 | 执行人 | 办理人 | 经办人 | 操作人 | 负责人 | 人员 | 员工 | 资源 | 用户 | 操作员 | 责任人
        | bearbeiter | mitarbeiter | ressource | benutzer | sachbearbeiter | ausführender | person
        | medewerker | behandelaar | uitvoerder | gebruiker | resource naam
        | recurso | usuario | empleado | responsable | asignado a | persona | ejecutor
    """,
    "due": """
        due | due date | duedate | due at | deadline | due time | case:deadline | case:due | case:due date
        | target date | promised date | sla due
        | made sla due | promise date | requested delivery date | case deadline | due on | required by
        | 截止时间 | 截止日期 | 期限 | 到期日 | 到期时间 | 承诺日期 | 要求完成时间 | 计划完成时间 | 应完成时间
        | 最后期限
        | fälligkeit | fällig am | fälligkeitsdatum | fällig | frist | termin | stichtag
        | vervaldatum | uiterste datum | streefdatum | einddatum gepland
        | fecha límite | fecha limite | vencimiento | fecha de vencimiento | plazo
    """,
    "priority": """
        priority | case:priority | impact | urgency | severity | prio | case:impact
        | 优先级 | 紧急程度 | 优先级别 | 紧急度 | 严重程度
        | priorität | dringlichkeit | prioriteit | urgentie | prioridad | urgencia
    """,
    "state": """
        state | status | case:state | case:status | case state | case status | ticket status | current state
        | current status | outcome
        | 状态 | 当前状态 | 事项状态 | 工单状态 | 案件状态 | 处理状态 | 办理状态
        | zustand | fallstatus | estado
    """,
    "transition": """
        lifecycle:transition | lifecycle | transition | event lifecycle | lifecycle transition | 生命周期
    """,
    "instance": """
        concept:instance
    """,
}


NAMES: dict[str, dict[str, int]] = {}
"""Names as they are compared, with how soon each is thought of, by what columns are taken for."""
for _part, _names in _KNOWN.items():
    NAMES[_part] = {}
    for _place, _one in enumerate(filter(None, (_one.strip() for _one in _names.split("|")))):
        NAMES[_part].setdefault(folded(_one), _place)
