"""Phrases grouped by their part in a story: "dao" and "mã tấu" are weapons, "rượt" and "đuổi theo" a chase.

Phrases are folded and separated by commas, 0 stands for any number, `word!` only for the word whose sense is sure (see
`senses`). A phrase may play several parts.
"""

from __future__ import annotations

from typing import Final

PARTS: Final[dict[str, str]] = {
    "weapon": """
        dao, ma tau, sung!, kiem!, rua, bua, gay!, tuyp, tip, gay goc, ong sat, cay sat, thanh sat, xeng,
        cuoc, leng, axit, keo, com pa, roi dien, sung dien, hang nong, hung khi, do nghe, co le, mo let, gach,
        ghe, knife, gun, machete, phong lon, cay go, khuc cay, da xanh, luu dan, kich dien, cam chai, cam da,
        bom xang, can xang, gay bong chay
    """,
    "hold": """
        cam, vac, xach, rut, chia, quo, ke, ke co, lam lam, giau trong, dem theo, mang theo, cam theo, thu san
    """,
    "hit": """
        danh, dap, dam, dam!, chem, phang, quat, nen, bop co, thoi, tat, oanh, uynh, tan cong, xo, nem, choi!,
        quang, danh nhau, danh lon, dap nhau, danh hoi dong, da!, hanh hung, truy sat, xau xe, nam toc, keo
        toc, giat toc, vat, can, dim, danh dap, don, fight, fighting, beating, attacking, hitting, danh ghen,
        hon chien, xong vo, xong vao, lao vao, lao vo, nhao vo, nhao vao
    """,
    "chase": """
        ruot, duoi!, duoi theo, ruot theo, ruot nhau, san lung, dang tim, di tim, kiem, lung, truy duoi, bam
        theo, theo em, theo toi, theo chau, chan duong, chan dau, chan xe, vay, bao vay
    """,
    "break": """
        dap pha, dap be, be kinh, be kieng, vo kinh, pha cua, cay cua, be khoa, quay banh, lat ban, dap cua,
        dap cong, phang, pha khoa, dap do, tat son, xit son, do vo, dap vo, mo khoa, cat day, cat khoa, cua
        sat
    """,
    "hurt": """
        chay mau, mau, bat tinh, ngat, xiu, ngat xiu, te xiu, gay tay, gay chan, gay xuong, guc, nam im, nam
        guc, khong nhuc nhich, bat dong, trong thuong, bi thuong, co giat, sui bot, tim tai, khong tho, kho
        tho, ngung tho, nguy kich, non mau, oi, ket, mac ket, me man, hon me, bong, phong!, rach, nam giua,
        khong tinh, dut gan, rach dau, be dau, vo dau, bleeding, unconscious, bi dam, bi chem, dau bung, trut
        mau, ngop, met la
    """,
    "fall": """
        te, nga, nga xuong, te xuong, van ra, rot xuong, lao xuong, lat, lat ngang, chim, cuon, chuyen da, bat
        ra, sap, do sap, sut, sat lo, sup, mat lai, mat phanh, dut thang, dut phanh, dut day
    """,
    "crash": """
        tong, dung, dam vao, va cham, tai nan, can qua, quet, tong vao, dung trung, de trung, doi dau, tong
        xe, crash, accident, hit
    """,
    "fire": """
        chay!, lua!, boc chay, bung lua, boc lua, lan sang, lan qua, khoi den, khoi mu, khoi!, nghi ngut, bat
        lua, phat lua, fire, burning, smoke, no!, phat no, no tung, chap dien, xet lua, toe lua, toe khoi,
        ngun ngut, bung chay, dang chay, bi chay, phung phung, bung len, boc khoi, khoi bay, khoi len
    """,
    "gas": """
        gas, xi gas, ro gas, mui gas, binh gas, ro ri, hoa chat, nong nac, mui khet, khi doc, amoniac
    """,
    "safe": """
        da dap, dap tat, tat roi, dap duoc, xong roi, het roi, giai tan, tan roi, yen roi, on roi, khong sao,
        ve nha, ve het, giang hoa, hoa giai, can ra, bi nhe, tray, tu dap, can roi, khong ai, ve roi, tim thay
        roi, tim duoc roi, bo di roi, di roi, chay thoat, tau thoat, don sach, thay van, tu tat, xu ly roi,
        khoe roi
    """,
    "child": """
        chau be, con nit, tre em, tre con, hoc sinh, em be, dua nho, be gai, be trai, con be, thang be, thang
        nho, con nho, tui nho, tre nho, chau nho, tuoi, lop, child, kid, boy, girl, mau giao, mam non, be so
        sinh, be
    """,
    "woman": """
        vo, chi, co gai, phu nu, me, ba bau, bau, co, em gai, ban gai, con gai, wife, woman
    """,
    "elder": """
        cu, ba cu, cu ong, ong cu, ba gia, ong gia, ba noi, ba ngoai, ong noi, ong ngoai, cu ba, ba lao, bac
    """,
    "self": """
        em, toi, tui, chau, con, minh, nha em, nha toi, nha tui, nha chau, my, me
    """,
    "they": """
        no, tui no, bon no, bon chung, han, chung no, thang, may thang, hai thang, 0 thang, dam, nhom, bon,
        toan, bang, he they, y, mot toan, ke
    """,
    "crowd": """
        ca tram, may chuc, hang chuc, hon chuc, hai nhom, hai phe, hai ben, hai top, dong nguoi, dong lam, bu
        den, doan xe, ca dam, ca bay, tum lum, loan, nhon nhao, hoang loan, hoang so, may dua, 0 thang, 0 dua,
        dan khoa cua, dong cua, nguoi ta chay
    """,
    "threat": """
        doa, ham, hu, doi chem, doi giet, doi dot, doa giet, doi nhay, doa dot, de doa, coi chung, xu, thanh
        toan, tra thu, doi danh, dot nha, giet, doi dap, hua, thach, thach thuc, hu doa
    """,
    "cry": """
        khoc, la het, het, keu cuu, gao, keu, la khoc, khoc thet, keu la, khan tieng, ren, van xin, nan ni,
        so, so qua, hoang, screaming, la lang, xin tha, cuu
    """,
    "flee": """
        bo chay, chay mat, bo tron, tau thoat, chuon, chay luon, phong di, vot, tron mat
    """,
    "head": """
        huong, ve phia, phia, ve huong, queo, re vao, re vo, chay qua, chay ra, chay vo, bien so, khong bien,
        hem, nga ba, nga tu
    """,
    "hide": """
        tron, nup, nap, dang tron, khoa cua, khoa trai, chot cua, khong dam ra, khong dam ve, khong dam, nin
        tho, tat den, trong phong tam, ve sinh, gam giuong, ben trong, trong nha, khoa trong
    """,
    "lock": """
        nhot, khoa ngoai, xich, troi, cot, giu, bi giu, giam, khong cho ra, khong cho ve, khong duoc ra, khong
        cho di, bi nhot, thu can cuoc, giu giay to, giu cccd, giu dien thoai, locked, khoa cua, bat coc, khong
        cho, bat giu, bi bat, ep
    """,
    "door": """
        cua, cong, rao, tuong, cua so, cua cuon, hang rao, mai
    """,
    "vehicle": """
        xe may, xe tai, o to, xe hoi, container, xe ben, xe khach, xe bon, xe dau keo, xe dap, xe, xe ba gac,
        tau, ghe, xuong!, thuyen, truck, motorbike, car
    """,
    "lie": """
        nam, nam giua, nam do, nam duoi, ngoi giua, bo ra, nam lan, lan ra, nam dai
    """,
    "road": """
        giua duong, quoc lo, ngoai duong, duong lo, cao toc, lan duong, tren duong, long duong, mat duong,
        duong ray, hai lan, giua cau
    """,
    "block": """
        chan het, chan ngang, chan, ket xe, tac, tac duong, ket cung, khong qua duoc, bit, un tac, khong vo
        duoc, khong vao duoc, quay dau, khong ai dam qua, chan ca
    """,
    "water": """
        song, kenh, muong, ho!, be boi, suoi, ao, gieng, bien, nuoc, lu!, duoi nuoc, duoi!, chim!, dap tran,
        ham chui, ngap
    """,
    "height": """
        lan can, san thuong, noc, noc nha, mai ton, thanh cau, tang thuong, ban cong, cot dien, cao the, tren
        cau, lau, tang
    """,
    "jump": """
        nhay, nhay xuong, nhay lau, nhay cau, nhay song, doi nhay, tu tu, vinh biet, khong muon song, that co,
        uong thuoc, thuoc sau, thuoc tru sau, chan doi, thu tuyet menh, treo ra
    """,
    "take": """
        lay, giat, giut, cuop, trom, moc, bi mat, mat, lay mat, luc loi, lay do, dat xe, khieng, be, thao,
        stole, stolen, grabbed, thief, siet, mat cap, chom, om, cat trom, bat trom, dot nhap, leo vao, leo vo,
        vao nha, vo nha, leo tuong, bat cuop
    """,
    "money": """
        tien, trieu, tr, ty, tai khoan, otp, chuyen khoan, ngan hang, chuyen tien, the, app, the atm, rut
        tien, money
    """,
    "deceive": """
        lua, lua dao, gia, gia mao, mao danh, gia danh, hack, link, dinh coc, coc, dau tu, lai, hoa hong,
        trung thuong, gia lam, xung, tu xung, bill gia, zalo
    """,
    "gone": """
        bo di, di khoi nha, xach ba lo, xach do, mat tich, di lac, chua ve, khong ve, bi lac, lac, bo nha di,
        di theo, theo trai, khong thay, khong thay ve
    """,
    "unreach": """
        tat may, khong goi duoc, thue bao, mat lien lac, khong lien lac duoc, khong nghe may, khong thua,
        khong tra loi, khong mo cua, goi khong duoc, tat dien thoai, khoa may, khong ai thua, mat song, khong
        thay tra loi, roi tat
    """,
    "border": """
        campuchia, cam, bien gioi, cua khau, moc bai, ben kia, ben do, myanmar, trung quoc, svay rieng,
        casino, qua ben, sang ben, ba vet, lao
    """,
    "noise": """
        hat, loa, nhac, karaoke, on, om som, am i, ho, rao, keo keo, loa thung, mo nhac, bat loa, on ao, inh
        oi, dinh tai
    """,
    "racing": """
        net po, boc dau, dua xe, ru ga, do xe, xe do, lang lach, danh vong, rut po, quai xe, net, po, dua
    """,
    "quarrel": """
        cai, cai nhau, chui, to tieng, gay lon, chui boi, cu cai, chui nhau, gay go, tranh chap, gianh, mau
        thuan, lan dat, lan chiem, ranh, ranh dat, chia dat, thua ke, mac mo
    """,
    "dredge": """
        hut cat, tau cuoc, xang cap, sa lan, xa lan, tau hut, do trom, xa thai, do thai, xa nuoc, cua go, ha
        cay, xa, do, chat thai
    """,
    "bank": """
        bo, dat bai, ke, ke da, sat, sat lo, bo ke, nut, lun, lo dat, vach nha, nut tuong, sut
    """,
    "drug": """
        ngao, ngao da, phe, choi da, ma tuy, thuoc lac, hit, keo, dap da, soc thuoc, qua lieu, hang trang, can
        sa, ke, bay lac, nghien, len con
    """,
    "drunk": """
        say, say ruou, nhau, nhau say, uong ruou, xin, say xin
    """,
    "bomb": """
        bom!, min!, qua min, dau dan, dan coi, luu dan, qua dan, phao, thuoc no, trai no, qua bom, trai bom,
        vat la, dan phao, chua no
    """,
    "beast": """
        ran, ran ho, tran!, cho dai, cho can, ca sau, ong vo ve, khi!, bo dien, trau dien, cho du, ho mang,
        xong chuong
    """,
    "helpers": """
        cuu hoa, xe cuu thuong, cap cuu, 0, 115, 114, 113, xe chua chay, chua toi, chua thay, goi 0, cho di
        vien, nhap vien, di vien, benh vien, tram y te, dua di
    """,
    "sell": """
        ban, mua, rao ban, giao, ship, gia, gia re, mua ban, lien he, cho thue
    """,
    "sight": """
        thay, nhin thay, nghe, em thay, tui thay, nhin qua, chung kien, kia, ne, nghe tieng, dung ben nay, tan
        mat
    """,
    "evidence": """
        camera, clip, hinh, chup, bien so, ghi am, sao ke, quay lai, con luu, cam, so tai khoan, dinh vi, luu
    """,
    "lure": """
        ru, ru re, gioi thieu, moi gioi, viec nhe, luong cao, tuyen, lam phuc vu, gai, lay chong, ga, gom, dua
        sang
    """,
    "wants": """
        xin, nho, mong, de nghi, kinh, phan anh, nhac nho, kiem tra, xu ly, giai quyet, hoa giai, tu van, xem
        xet
    """,
}  # fmt: skip
"""Who and what a story is about."""

TENSES: Final[dict[str, str]] = {
    "now": """
        dang, bay gio, luc nay, ngay bay gio, hien gio, hien dang, hien tai, kia, kia ka, ne, gio nay, now,
        right now, toi noi, van dang
    """,
    "still": """
        nay gio, van con, con dang, van, chua dung, chua thoi, chua chiu, chua tat, tu trua toi gio, toi gio,
        tu sang toi gio, gio van, gio chua, con trong, con dung, con o, con ngoi, van chua, con do
    """,
    "just": """
        vua, moi, vua moi, moi xong, phut truoc, 0 phut, vua xong, moi day, vua bi, moi bi, may phut, luc nay,
        hoi nay, cach day 0 phut, nay
    """,
    "urge": """
        cuu, cuu voi, cuu em, le len, le, toi le, den ngay, toi ngay, xuong ngay, gap, khan cap, nhanh, nhanh
        len, mau, toi gap, den gap, ra gap, xuong lien, toi lien, ngay di, ra ngay, voi, help, please come,
        quickly, keo chet, keo chet nguoi, keo khong kip, nhanh giup, tiep vien, bao vay
    """,
    "today": """
        sang nay, trua nay, hoi trua, hoi sang, hoi nua dem, nua dem, hoi khuya, luc hour, hoi hour, rang
        sang, sang ra, sang day, sang som, ban nay, bua nay, hom nay, chieu nay luc, hour, hour sang
    """,
    "past": """
        hom qua, toi qua, dem qua, hom kia, hom truoc, tuan truoc, thang truoc, nam ngoai, bua truoc, bua no,
        hom bua, hoi truoc, may hom truoc, hom roi, tuan roi, bua hom, last week, last night, yesterday, cach
        day 0 ngay, cach day 0 tuan, thu 0 roi, 0 hom truoc, may bua truoc, sang qua, trua qua, chieu qua, bua
        kia, hom thu, hom ram
    """,
    "future": """
        hen, ngay mai, sang mai, chieu mai, toi mai, mai, toi nay, chieu nay, dem nay, sap, chut nua, lat nua,
        tuan sau, cuoi tuan, sap toi, quay lai, tro lai, han chot, truoc hour, chuan bi, dinh, se
    """,
    "habit": """
        ngay nao, dem nao, toi nao, hom nao, sang nao, tuan nao, moi ngay, moi dem, moi toi, hay, thuong,
        thuong xuyen, lau nay, quanh nam, may thang nay, may nam nay, hoai, suot ngay, cu, cu toi, dao nay,
        lau lau, thinh thoang, nam nao, chieu nao, lan nao, always, often, every, bay lau, ca nam, ca thang,
        may tuan, may thang
    """,
    "done": """
        roi, xong, da, het, luon roi, xong roi, thoi
    """,
    "hear": """
        nghe noi, nghe don, nghe dau, nghe ke, ke lai, hinh nhu, chac, nghi, nghe bao, khong biet
    """,
    "neg": """
        khong, chua, hong, dung, khong phai, dau co, chang, ko, not
    """,
    "ask": """
        hoi, the nao, lam sao, o dau, bao nhieu, bao gio, duoc khong, khi nao, thi sao, neu, lo, tinh sao, lam
        gi, cho hoi, gi vay
    """,
}  # fmt: skip
"""When, and how surely."""
