"""Branches of control, optical communication, micro devices, assays, chemistry of daily use and consumer goods."""

from __future__ import annotations

from qiantang.corpus.ingest.methods.synthetic.words.branches import branch

CONTROL = (
    branch(
        "process_control 工业控制 high_end_equipment 12 SOFTWARE 12 22",
        "G05B19/418 G05B23/02 G05D23/19 G05B13/04 G07C3/00 G08B21/18",
        "产线排程优化=production line scheduling；工业过程控制=industrial process control；设备故障预警=equipment fault warning；数字孪生仿真=digital twin simulation；温度自适应控制=adaptive temperature control；工艺参数寻优=process parameter optimisation",
        "可编程控制器=programmable logic controller；边缘采集网关=edge acquisition gateway；工艺数据库=process database；状态观测器=state observer；报警模块=alarm module；调度引擎=scheduling engine；执行机构=actuator；人机界面=human-machine interface",
        "模糊自整定=fuzzy self-tuning；数字孪生=a digital twin；滑模控制=sliding mode control；遗传算法=a genetic algorithm；深度强化学习=deep reinforcement learning",
        "减少非计划停机=reducing unplanned stops；提高控制精度=improving control accuracy；缩短换产时间=shortening change-over；降低单位能耗=lowering energy per unit",
        "参数整定依赖经验=tuning that depends on experience；系统滞后大=large system lag；设备数据不互通=equipment data that is not shared",
        "化工生产=chemical production；离散制造车间=discrete manufacturing；注塑成型=injection moulding",
    ),
    branch(
        "optical_communication 光通信 digital_security 3 DEVICE 10 12",
        "H04B10/50 H04B10/25 H04Q11/00 H01Q1/38 H01Q21/06 H04B10/07",
        "光模块=optical module；光纤传输链路=optical fibre link；微带阵列天线=microstrip array antenna；波分复用设备=wavelength division multiplexer；光交换机=optical switch；毫米波天线=millimetre-wave antenna",
        "激光器芯片=laser chip；光电探测器=photodetector；辐射贴片=radiating patch；硅光芯片=silicon photonic chip；驱动电路=driver circuit；馈电网络=feed network；金属腔体=metal cavity；温控器=temperature controller",
        "相干检测=coherent detection；缝隙耦合=slot coupling；硅光集成=silicon photonic integration；高阶调制=high-order modulation；去嵌校准=de-embedding calibration",
        "提高传输速率=raising the transmission rate；降低插入损耗=lowering insertion loss；拓宽工作带宽=widening bandwidth；减小模块功耗=reducing module power",
        "光路对准困难=difficult optical alignment；天线增益低=low antenna gain；模块散热不良=poor heat removal from modules",
        "数据中心互联=data centre interconnection；基站前传=fronthaul of base stations；毫米波通信=millimetre-wave communication",
    ),
    branch(
        "micro_device 微机电 integrated_circuits 22 LAYER 4 12",
        "B81B7/02 B81C1/00 B82Y15/00 B81B3/00 B82B3/00 B81B7/00",
        "微机电压力传感器=micro-electromechanical pressure sensor；微流控芯片=microfluidic chip；微型麦克风=micro microphone；惯性传感芯片=inertial sensing chip；微加热器=micro heater；纳米孔阵列=nanopore array",
        "振膜=diaphragm；背极板=backplate；微通道层=microchannel layer；键合玻璃=bonding glass；牺牲层=sacrificial layer；压阻条=piezoresistor；梳齿电极=comb electrode；悬臂梁=cantilever",
        "深反应离子刻蚀=deep reactive ion etching；阳极键合=anodic bonding；软光刻=soft lithography；压电谐振=piezoelectric resonance；牺牲层释放=sacrificial release",
        "提高传感灵敏度=raising sensor sensitivity；降低温漂=lowering thermal drift；减小芯片尺寸=reducing chip size；提高成品率=raising the yield",
        "薄膜残余应力大=large residual stress；结构粘连=stiction；封装应力干扰=interference by packaging stress",
        "胎压监测=tyre pressure monitoring；即时检验=point-of-care testing；消费电子=consumer electronics",
    ),
    branch(
        "assay 体外诊断分析 biomedicine 11 MATERIAL 8 18",
        "G01N33/53 G01N33/543 G01N33/68 G01N33/50 G01N33/18 G01N33/02",
        "免疫层析试纸条=immunochromatographic strip；化学发光检测试剂=chemiluminescent reagent；蛋白质生物标志物=protein biomarker；农药残留检测卡=pesticide residue card；代谢物分析试剂=metabolite assay reagent；外泌体富集材料=exosome enrichment material",
        "胶体金=colloidal gold；捕获抗体=capture antibody；硝酸纤维素膜=nitrocellulose membrane；吖啶酯=acridinium ester；封闭液=blocking solution；量子点微球=quantum dot microsphere；质控线=control line；标准品=standard",
        "双抗体夹心=double antibody sandwich；磁微粒发光=magnetic particle luminescence；质谱定量=mass spectrometric quantification；适配体识别=aptamer recognition；表面等离子共振=surface plasmon resonance",
        "缩短检测时间=shortening the assay；提高检测特异性=raising specificity；扩大线性范围=widening the linear range；降低检测成本=lowering cost of the assay",
        "基质干扰大=strong matrix interference；批间差异明显=marked differences between batches；操作步骤繁琐=tedious steps",
        "急诊检验=emergency tests；食品安全筛查=food safety screening；家庭自测=home self-tests",
    ),
    branch(
        "basic_chemistry 农化与日用化学 general 19 MATERIAL 14 10",
        "C09K5/06 A01N43/40 C05G3/00 C11D1/83 C09J163/00 C09D5/08",
        "相变蓄热材料=phase change heat storage material；杀菌组合物=fungicidal composition；缓释复合肥=slow-release compound fertiliser；浓缩洗涤剂=concentrated detergent；环氧胶黏剂=epoxy adhesive；水性涂料=water-based paint",
        "石蜡=paraffin；腐植酸=humic acid；烷基糖苷=alkyl glycoside；膨润土=bentonite；环氧树脂=epoxy resin；成膜助剂=film-forming agent；嘧菌酯=azoxystrobin；尿素=urea",
        "微胶囊包覆=microencapsulation；乳液聚合=emulsion polymerisation；转鼓造粒=drum granulation；复配增效=synergistic blending；低温固化=low-temperature curing",
        "提高储热密度=raising heat storage density；延长肥效时间=extending fertiliser effect；减少有机溶剂挥发=reducing solvent emission；增强粘接强度=strengthening adhesion",
        "相变材料易泄漏=leaking phase change material；药剂抗性增加=growing resistance；养分流失快=fast loss of nutrients",
        "建筑节能=energy saving in buildings；水稻种植=rice growing；家庭清洁=household cleaning",
    ),
    branch(
        "consumer_goods 日用消费品 general 34 DEVICE 14 10",
        "A45C11/00 A44C5/00 D06F58/20 A41D13/11 A62B18/02 A24F40/40",
        "折叠雨伞=folding umbrella；旅行箱=suitcase；衣物烘干机=clothes dryer；防护口罩=protective mask；智能手环=smart bracelet；刺绣饰品盒=embroidered jewellery box",
        "伞骨=umbrella rib；拉杆=pull rod；滚筒=drum；过滤层=filter layer；表带=strap；卡扣=buckle；内胆=liner；呼吸阀=exhalation valve",
        "磁吸连接=magnetic connection；热泵烘干=heat pump drying；静电驻极=electret filtration；指纹解锁=fingerprint unlocking；记忆折叠=memory folding",
        "便于随身携带=easing carrying；提高佩戴舒适度=improving wearing comfort；缩短烘干时间=shortening drying；延长产品使用寿命=extending product life",
        "收纳后体积大=large size when stowed；长时间佩戴勒痕明显=marks after long wearing；结构易损坏=easily damaged structure",
        "户外出行=outdoor travel；酒店用品=hotel supplies；儿童用品=goods for children",
    ),
)
