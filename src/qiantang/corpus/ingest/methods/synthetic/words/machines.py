"""Branches of high-end equipment, measurement and everyday machines, and the products of designs."""

from __future__ import annotations

from qiantang.corpus.ingest.methods.synthetic.words.branches import branch, pairs

MACHINES = (
    branch(
        "industrial_robot 工业机器人 high_end_equipment 25 DEVICE 6 30",
        "B25J9/16 B25J15/06 B25J17/02 B25J19/00 B25J11/00 B25J9/10",
        "六轴机械臂=six-axis robot arm；柔性夹爪=flexible gripper；协作机器人关节=collaborative robot joint；并联机器人=parallel robot；分拣机器人=sorting robot；巡检机器人=inspection robot",
        "谐波减速器=harmonic reducer；伺服电机=servo motor；夹持手指=gripping finger；力矩传感器=torque sensor；真空吸盘=vacuum cup；底座=base；末端法兰=end flange；编码器=encoder",
        "视觉伺服=visual servoing；阻抗控制=impedance control；谐波传动=harmonic drive；气动软体驱动=pneumatic soft actuation；轨迹插补=trajectory interpolation",
        "提高重复定位精度=improving repeat positioning accuracy；避免夹伤工件=avoiding damage to the workpiece；增大负载自重比=raising the payload ratio；保证人机协作安全=keeping people safe beside the robot",
        "关节间隙大=large joint clearance；异形件抓取困难=difficult gripping of odd shapes；碰撞检测滞后=late collision detection",
        "仓储分拣=warehouse sorting；汽车焊装=car body welding；变电站巡检=substation inspection",
    ),
    branch(
        "machine_tool 数控机床 high_end_equipment 26 DEVICE 22 16",
        "B23Q11/00 B23Q3/06 B23B19/02 B23Q15/22 B24B41/02 B23Q5/10",
        "数控车床主轴=numerical control lathe spindle；五轴加工中心=five-axis machining centre；夹具=fixture；磨床=grinding machine；自动上下料机构=automatic loading mechanism；刀库换刀装置=tool changer",
        "主轴箱=spindle box；滚珠丝杠=ball screw；床身=bed；直线导轨=linear guide；定位销=locating pin；排屑槽=chip groove；砂轮=grinding wheel；压紧块=pressing block",
        "静压支承=hydrostatic support；热误差补偿=thermal error compensation；快换夹紧=quick-change clamping；双驱同步=dual-drive synchronisation；微量润滑=minimum quantity lubrication",
        "提高加工精度=improving machining accuracy；减小主轴振动=reducing spindle vibration；缩短换刀时间=shortening tool change；便于清理切屑=easing chip removal",
        "切屑堆积=chip accumulation；主轴热变形=thermal deformation of the spindle；装夹效率低=low clamping efficiency",
        "薄壁零件加工=machining of thin-walled parts；模具制造=mould making；航空结构件加工=machining of aircraft parts",
    ),
    branch(
        "electric_motor 电机 high_end_equipment 1 DEVICE 18 16",
        "H02K1/276 H02K9/19 H02P21/14 H02K15/02 H02K5/20 H02K3/24",
        "永磁同步电机=permanent magnet synchronous motor；开关磁阻电机=switched reluctance motor；轮毂电机=hub motor；无刷直流电机=brushless direct-current motor；轴向磁通电机=axial flux motor；高速电主轴=high-speed motor spindle",
        "定子铁芯=stator core；转子=rotor；永磁体=permanent magnet；扁线绕组=flat wire winding；端盖=end cover；冷却油道=oil channel；霍尔传感器=Hall sensor；轴承=bearing",
        "油冷循环=oil cooling circulation；分数槽绕组=fractional slot winding；磁场定向控制=field-oriented control；斜极结构=skewed poles；轴向磁场=axial magnetic field",
        "降低转矩脉动=lowering torque ripple；提高功率密度=raising power density；减小齿槽噪声=reducing cogging noise；改善绕组散热=improving winding cooling",
        "永磁体退磁=demagnetisation；绕组端部温升高=hot winding ends；启动转矩小=small starting torque",
        "电动汽车驱动=electric vehicle drives；工业风机=industrial fans；家用电器=household appliances",
    ),
    branch(
        "turbine_wind 风电与透平 high_end_equipment 27 DEVICE 10 14",
        "F03D1/06 F03D7/02 F01D5/14 F04D29/28 F03D80/50 F04D29/66",
        "风力发电机组叶片=wind turbine blade；变桨系统=pitch system；汽轮机密封结构=steam turbine seal；离心压缩机=centrifugal compressor；离心泵=centrifugal pump；海上风电平台=offshore wind platform",
        "叶轮=impeller；轮毂=hub；变桨轴承=pitch bearing；迷宫密封齿=labyrinth seal tooth；蜗壳=volute；塔筒=tower；导流叶片=guide vane；阻尼器=damper",
        "独立变桨=individual pitch control；三元流叶型=a three-dimensional blade profile；蜂窝密封=honeycomb seal；磁悬浮支承=magnetic levitation；尾缘锯齿=a serrated trailing edge",
        "提高气动效率=raising aerodynamic efficiency；降低叶片载荷=lowering blade load；减少泄漏损失=reducing leakage loss；抑制气动噪声=suppressing aerodynamic noise",
        "叶片结冰=blade icing；轴系振动=shaft vibration；级间泄漏=interstage leakage",
        "低风速地区=low-wind regions；空分装置=air separation plants；石化装置=petrochemical plants",
    ),
    branch(
        "unmanned_aircraft 无人机 high_end_equipment 32 DEVICE 1 22",
        "B64U10/14 B64C27/08 B64U20/80 B64D1/18 B64C39/02 B64U50/19",
        "多旋翼无人机=multirotor unmanned aerial vehicle；植保无人机=plant protection drone；垂直起降飞行器=vertical take-off aircraft；无人机机库=drone hangar；系留无人机=tethered drone；无人机云台=drone gimbal",
        "旋翼=rotor；机臂=arm；飞控模块=flight control module；起落架=landing gear；药箱=pesticide tank；光流传感器=optical flow sensor；桨叶保护罩=propeller guard；电池仓=battery compartment",
        "倾转旋翼=tilting rotors；自抗扰控制=active disturbance rejection；折叠机臂=folding arms；视觉定位=visual positioning；混合动力=hybrid power",
        "延长续航时间=extending flight time；增强抗风能力=strengthening wind resistance；便于携带运输=easing transport；提高降落精度=improving landing accuracy",
        "续航时间短=short flight time；避障能力弱=weak obstacle avoidance；药液飘移=spray drift",
        "电力巡线=power line inspection；山地植保=hillside plant protection；应急救援=emergency rescue",
    ),
    branch(
        "additive_laser 激光加工与增材制造 high_end_equipment 26 DEVICE 4 18",
        "B23K26/38 B23K26/21 B23K26/342 B22F10/28:20 B23K37/04 B33Y30/00:29",
        "激光切割机=laser cutting machine；激光焊接头=laser welding head；金属三维打印机=metal three-dimensional printer；激光熔覆装置=laser cladding device；铺粉装置=powder spreading device；焊接工装=welding fixture",
        "振镜=galvanometer；聚焦镜片=focusing lens；送粉喷嘴=powder nozzle；成型缸=building cylinder；保护气罩=shielding gas hood；刮刀=scraper；焊枪=welding gun；除尘风机=dust fan",
        "选区激光熔化=selective laser melting；摆动焊接=oscillating welding；同轴送粉=coaxial powder feeding；熔池监测=melt pool monitoring；超快激光=ultrafast laser",
        "减少焊接飞溅=reducing spatter；提高成型致密度=raising density of the build；减小热影响区=narrowing the heat-affected zone；保护光学镜片=protecting the optics",
        "焊缝气孔=weld porosity；成型件翘曲=warping of built parts；镜片易污染=easily soiled lenses",
        "航空发动机零件=aero-engine parts；动力电池焊接=battery welding；钣金加工=sheet metal work",
    ),
    branch(
        "vehicle 车辆与轨道交通 high_end_equipment 32 DEVICE 18 20",
        "B60L53/16 B62D25/20 B60L50/60 B61F5/52 B60G11/26 B62D5/04",
        "电动汽车底盘=electric vehicle chassis；车身防撞结构=vehicle crash structure；充电接口装置=charging interface device；轨道车辆转向架=rail vehicle bogie；空气悬架=air suspension；线控转向装置=steer-by-wire device",
        "纵梁=longitudinal beam；减振器=shock absorber；充电枪=charging gun；轮对=wheel set；吸能盒=crash box；转向电机=steering motor；空气弹簧=air spring；横向稳定杆=anti-roll bar",
        "一体压铸=integrated die casting；主动悬架控制=active suspension control；能量回收=energy recovery；蜂窝吸能=honeycomb energy absorption；无线充电=wireless charging",
        "减轻车身质量=reducing body mass；提高乘坐舒适性=improving ride comfort；增强碰撞安全性=strengthening crash safety；延长续航里程=extending range",
        "底盘重量大=heavy chassis；充电接口易过热=overheating of the charging interface；转弯侧倾明显=marked roll in curves",
        "城市轨道交通=urban rail；物流车=logistics vehicles；乘用车=passenger cars",
    ),
    branch(
        "hydraulic_valve 阀门与传动 high_end_equipment 31 DEVICE 18 12",
        "F16K31/06 F16H1/28 F16L23/02 F15B15/14 F16C33/58 F16K1/22",
        "电磁阀=solenoid valve；行星减速机=planetary reducer；法兰密封接头=flange sealing joint；液压缸=hydraulic cylinder；调心滚子轴承=self-aligning roller bearing；蝶阀=butterfly valve",
        "阀芯=valve core；阀座=valve seat；齿圈=ring gear；太阳轮=sun gear；密封圈=sealing ring；活塞杆=piston rod；保持架=cage；弹簧=spring",
        "先导控制=pilot control；弧面啮合=curved meshing；双重密封=double sealing；波纹管补偿=bellows compensation；磁力耦合=magnetic coupling",
        "提高密封可靠性=making the seal more reliable；降低传动噪声=lowering transmission noise；延长使用寿命=extending service life；减小开启力矩=reducing opening torque",
        "阀芯卡滞=sticking of the valve core；齿面磨损快=fast wear of teeth；密封圈老化=ageing of seals",
        "液化天然气管道=liquefied gas pipelines；工程机械=construction machinery；风电齿轮箱=wind gearboxes",
    ),
    branch(
        "optics_display 光学与显示 integrated_circuits 9 DEVICE 16 14",
        "G02B27/01 G02B6/42 G02F1/1335 G02B13/00 G02B5/30 H01S3/067",
        "增强现实光学模组=augmented reality optical module；光纤耦合器=optical fibre coupler；液晶显示模组=liquid crystal display module；变焦镜头=zoom lens；光波导镜片=waveguide lens；光纤激光器=fibre laser",
        "偏光片=polariser；导光板=light guide plate；透镜组=lens group；光栅=grating；背光源=backlight；光纤阵列=fibre array；镜筒=lens barrel；微显示屏=micro display",
        "衍射光波导=a diffractive waveguide；自由曲面=freeform surfaces；体全息=volume holography；量子点转换=quantum dot conversion；液体透镜=a liquid lens",
        "扩大视场角=widening the field of view；提高光能利用率=raising light efficiency；减小模组体积=reducing module size；消除杂散光=removing stray light",
        "边缘畸变=edge distortion；显示亮度不均=uneven brightness；装配公差敏感=sensitivity to assembly tolerance",
        "智能眼镜=smart glasses；光通信机房=optical communication rooms；车载抬头显示=head-up displays",
    ),
    branch(
        "measurement 检测与测量 high_end_equipment 10 DEVICE 20 22",
        "G01N21/88 G01B11/24 G01R31/00 G01N29/04 G01M13/04 G01D5/353",
        "表面缺陷检测装置=surface defect detector；三维轮廓测量仪=three-dimensional profile meter；轴承故障检测台=bearing fault test bench；光纤光栅传感器=fibre grating sensor；超声探伤装置=ultrasonic flaw detector；绝缘测试装置=insulation tester",
        "线阵相机=line scan camera；激光位移传感器=laser displacement sensor；信号调理电路=signal conditioning circuit；标定板=calibration plate；样品台=sample stage；环形光源=ring light；压电换能器=piezoelectric transducer；测试探针=test probe",
        "结构光投影=structured light projection；太赫兹成像=terahertz imaging；相控阵超声=phased array ultrasound；光谱共焦=chromatic confocal sensing；包络解调=envelope demodulation",
        "提高检测分辨率=raising detection resolution；缩短单件检测时间=shortening the test of one piece；降低环境振动影响=lowering the influence of vibration；实现在线自动检测=enabling automatic online inspection",
        "人工目检效率低=slow manual inspection；信噪比低=a low signal-to-noise ratio；反光表面难以成像=hard imaging of reflective surfaces",
        "钢板生产线=steel plate lines；半导体晶圆检测=wafer inspection；桥梁健康监测=bridge health monitoring",
    ),
    branch(
        "home_appliance 家用电器 general 30 DEVICE 18 14",
        "F24F11/89 F24C15/20 A47L9/28:33 F25B49/02 F24F1/0007 F24H9/20",
        "空调室内机=air conditioner indoor unit；吸油烟机=range hood；扫地机=floor sweeping machine；热泵热水器=heat pump water heater；集成灶=integrated stove；空气净化器=air purifier",
        "贯流风扇=cross-flow fan；换热器=heat exchanger；滤网=filter screen；导风板=air deflector；压缩机=compressor；滚刷=roller brush；集尘盒=dust box；油杯=oil cup",
        "变频控制=frequency conversion control；负离子净化=anion purification；恒风量控制=constant air volume control；蓄热除霜=heat storage defrosting；自清洁=self-cleaning",
        "降低运行噪声=lowering running noise；提高吸烟效果=improving fume extraction；节约电能=saving electricity；便于拆卸清洗=easing removal and cleaning",
        "油烟外溢=escaping fumes；滤网堵塞=clogged filter screens；制热时结霜=frosting while heating",
        "家庭厨房=home kitchens；办公楼宇=office buildings；宾馆客房=hotel rooms",
    ),
    branch(
        "packaging_conveying 包装与物流输送 general 25 DEVICE 16 16",
        "B65G47/90 B65B35/44 B65G1/04 B65D81/38 B65H19/12 B66F9/06",
        "立体仓库堆垛机=stacker crane；自动装箱机=automatic case packer；快递分拣线=parcel sorting line；保温包装箱=insulated box；升降输送机=lifting conveyor；搬运叉车=forklift",
        "输送带=conveyor belt；推料气缸=pushing cylinder；货叉=fork；导向轮=guide wheel；热封刀=heat sealing knife；扫码器=code scanner；托盘=pallet；挡板=baffle",
        "交叉带分拣=cross-belt sorting；真空抓取=vacuum gripping；射频识别=radio frequency identification；双伸位货叉=double-deep forks；模块化拼接=modular joining",
        "提高分拣效率=raising sorting efficiency；避免货物倾倒=keeping goods from toppling；节省占地面积=saving floor space；降低包装材料用量=saving packaging material",
        "人工搬运强度大=heavy manual handling；包裹易卡滞=jamming parcels；定位不准=inaccurate positioning",
        "电商仓库=e-commerce warehouses；冷链运输=cold chains；饮料灌装车间=beverage filling halls",
    ),
    branch(
        "construction 建筑与隧道工程 general 35 DEVICE 18 16",
        "E04B1/38 E21D11/10 E04G21/12 E02D5/30 E01D21/00 E04F13/08",
        "装配式墙板=prefabricated wall panel；盾构隧道管片=shield tunnel segment；基坑支护结构=foundation pit support；桥梁支座=bridge bearing；脚手架=scaffold；幕墙连接件=curtain wall connector",
        "预埋件=embedded part；钢筋笼=reinforcement cage；锚杆=anchor rod；灌浆套筒=grouting sleeve；支撑立杆=support upright；防水层=waterproof layer；减震垫=damping pad；连接螺栓=connecting bolt",
        "干式连接=dry connection；冷冻加固=ground freezing；预应力张拉=prestressing；注浆止水=grouting against water；自爬升=self-climbing",
        "缩短施工周期=shortening construction；提高抗震性能=improving seismic performance；减少渗漏水=reducing seepage；降低施工噪声=lowering construction noise",
        "接缝渗水=leaking joints；现场湿作业多=much wet work on site；支护变形大=large deformation of support",
        "地铁车站=metro stations；住宅建筑=housing；跨江大桥=river bridges",
    ),
    branch(
        "fitness_furniture 家具与健身器材 general 33 DEVICE 14 10",
        "A47B9/20 A47C7/46 A63B22/02 A47G29/00 A47J31/40 A63B21/005",
        "升降办公桌=height-adjustable desk；人体工学椅=ergonomic chair；折叠跑步机=folding treadmill；收纳衣柜=storage wardrobe；茶饮机=tea brewing machine；力量训练器=strength trainer",
        "桌腿=desk leg；腰托=lumbar support；跑带=running belt；滑轨=slide rail；气弹簧=gas spring；层板=shelf board；冲泡仓=brewing chamber；磁控飞轮=magnetic flywheel",
        "双电机同步=dual-motor synchronisation；连杆折叠=folding links；磁控阻力=magnetic resistance；压力感应=pressure sensing；卡扣拼装=snap-fit assembly",
        "节省收纳空间=saving storage space；提高使用舒适度=improving comfort；便于快速安装=easing quick assembly；防止夹手=preventing pinched fingers",
        "升降不平稳=uneven lifting；占用空间大=taking up much room；长期使用易松动=loosening over time",
        "居家办公=home offices；小户型住宅=small flats；社区健身房=community gyms",
    ),
)

# Products of designs: Chinese, English, Locarno class of the current edition.
PRODUCTS = tuple(
    (zh, en.rsplit(" ", 1)[0], en.rsplit(" ", 1)[1])
    for zh, en in pairs(
        "收纳椅=Storage chair 06-01；办公桌=Office desk 06-03；茶具=Tea set 07-01；电热水壶=Electric kettle 07-02；扳手=Spanner 08-05；"
        "包装盒=Packaging box 09-03；包装瓶=Packaging bottle 09-01；智能手表=Smart watch 10-02；测量仪=Measuring instrument 10-04；项链=Necklace 11-01；"
        "电动汽车=Electric car 12-08；无人机=Drone 12-07；自行车=Bicycle 12-11；充电桩=Charging pile 13-02；移动电源=Power bank 13-02；手机=Mobile phone 14-03；"
        "显示屏幕面板的图形用户界面=Graphical user interface for a display panel 14-04；路由器=Router 14-03；扫地机=Sweeping machine 15-05；机械手=Manipulator 15-09；"
        "摄像机=Camera 16-01；眼镜=Glasses 16-06；玩具积木=Toy bricks 21-01；跑步机=Treadmill 21-02；水龙头=Tap 23-01；空气净化器=Air purifier 23-04；"
        "轮椅=Wheelchair 12-12；血压计=Blood pressure monitor 24-01；注射笔=Injection pen 24-02；台灯=Table lamp 26-05；围巾=Scarf 02-05；丝绸面料=Silk fabric 05-05"
    )
)
LOOKS = pairs(
    "弧形=curved；折叠式=folding；便携式=portable；流线型=streamlined；复古=retro；极简=minimal；圆形=round；方形=square；山水纹=landscape pattern；荷叶=lotus leaf；儿童=children's；家用=household；双层=double-layer；壁挂式=wall-mounted；智能=smart；迷你=mini"
)
