"""Words and phrases by category, folded: the knowledge that a small training set cannot hold.

Phrases are separated by commas. Hits are features of the model, so their weight is learnt. A phrase may stand under
several categories; it then counts less for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.triage.proposal import Category

_PHRASES: Final[dict[Category, str]] = {
    Category.DRUGS: """
        ma tuy, ngao da, phe da, hang da, hit da, choi da, da da, thuoc lac, ke, ketamin, heroin, can sa, co my,
        co xanh, hong phien, nuoc vui, bong cuoi, thuoc phien, cai nghien, con nghien, nghien, chich choac, kim
        tiem, ong tiem, xi lanh, phe thuoc, hang trang, tem giay, bay lac, bay phong, mai thuy, keo la, nam
        than, khung tha, lac vai, coc can, lac thuoc, dap da, tieng lac, hang da trang, hut co, giay bac, bot
        trang, phe can, loan than, ao giac, can thuoc, mo tuy, ma tuy da, tang tru ma tuy, dan choi da, bi da,
        choi hang, giao hang trang, hang lac, hut hit, hut chich
    """,
    Category.THEFT_ROBBERY: """
        trom, bi trom, an trom, mat trom, mat cap, moc tui, an cap, giat do, cuop, cuop giat, giat tui, giat day
        chuyen, giut do, giut, giut day chuyen, giut dien thoai, trom cho, bat cho, cau trom cho, cau cho, trom
        ga, trom bo, mat bo, mat trau, mat xe, lay mat xe, lay trom, be khoa, cay cua, cay khoa, pha khoa, cay
        tu, dot nhap, ke trom, ke gian, trom xe, trom vat, trom dem, lay cap, trom binh ac quy, hoi cua, cat
        trom, trom cap, tran lot, cuop tiem vang, cuop giua ban ngay, giat dien thoai, mat dien thoai, mat vi,
        rach tui, trom cay, nay cua, nay khoa, chan duong cuop, mat ga, mat vit, mat heo, mat lon, danh ba cho,
        ba cho, vo vet, khoang sach, cuom, no lay, bo dao keo bo, chom, bung nguyen, cat day cap, cat cap, mat
        xe may, dat xe ra, dat trom
    """,
    Category.FRAUD: """
        lua dao, lua, bi lua, lua tien, lua dat, gia danh, mao danh, tu xung, chiem doat, ma otp, otp, chuyen
        khoan nham, hack, hack facebook, hack zalo, hack fb, chiem tai khoan, tai khoan bi hack, deepfake, lam
        nhiem vu, viec nhe luong cao, da cap, dau tu, san ao, tien ao, san vang, san chung khoan, nap tien,
        khong rut duoc, trung thuong, nhan qua, duong link la, link la, quet ma, ma qr, qr gia, bien lai gia,
        bill gia, chuyen khoan gia, ban hang ao, block, chan so, chan zalo, chan fb, dat coc, tien coc, coc
        truoc, mat coc, bung hui, giat hui, vo hui, vo no, om tien, bom hang, shop ao, giao hang gia, cong tac
        vien, dinh danh muc 0, dinh danh muc, viet kieu, gui qua, hai quan, rua tien, vien kiem sat, lenh bat,
        cuoc goi la, goi bao no, gia lam, gia mao, xuat khau lao dong, chay viec, ban dat nen, so do gia, giay
        to gia, bang gia, tien gia, ve so gia, ban thuoc dom, thuoc dom, hoi thao, ban hang da cap, ao, chu hui,
        loi dung long tin, nguoi yeu qua mang, quen qua mang, ung dung gia, app gia, tu thien gia, keu goi tu
        thien, don hang ao, shipper gia, dong phi, dong thue, ung tien truoc, phi bao hiem, nhiem vu
    """,
    Category.LOAN_SHARKING: """
        cho vay nang lai, vay nang lai, tin dung den, lai cat co, vay nong, xiet no, siet no, doi no, doi no
        thue, tin dung, boc bat ho, bat ho, boc ho, vay lai, lai ngay, tra gop ngay, lai me de lai con, vay app,
        app vay, app vay tien, tat son, son do, mam tom, tat mam tom, tien lai, lai suat, con no, chu no, vay
        nang, vay lai cao, tien gop, vay tien gop, gop ngay, ho tro tai chinh, to roi vay, cho vay, vay tien,
        vay qua app, khung bo dien thoai, ghep anh, ghep hinh, bat ky giay no, giay no, cam so ho, xa hoi den,
        vong hoa, quan tai, lai ngan, muon no, dan cho vay, nguoi doi no, ep tra no, nem chat ban, do chat ban,
        no tien, tra lai
    """,
    Category.GAMBLING: """
        danh bac, co bac, danh bai, song bac, song bai, xoc dia, tai xiu, bau cua, lac bau cua, danh de, ghi de,
        so de, lo de, ban de, ghi lo, da ga, choi ga, truong ga, doi ga, ca do, ca cuoc, ca do bong da, ca do
        bong, ba cay, to tom, tien len an tien, tien len, phom, lieng, xi to, poker, cat te, binh xap xam, xap
        xam, mau binh, xi dach, ban ca, may ban ca, game bai, no hu, slot, da ca, an tien, ghi so de, chu de,
        bao lo, huyen de, thau de, nha cai, song ga, song, sat phat, do den, do bong da, do banh, ca banh, ga
        choi, bay ban an tien, keo bong, keo tai xiu, bida an tien, sam loc, chan, danh chan, xo so de, loto an
        tien, keo, co thu, con bac, chung tien, ghi day, danh bai an tien, danh bom, choi bai, gom do, chau ria,
        ban bac, vay bac, dat cuoc, tien cuoc
    """,
    Category.PROSTITUTION: """
        mai dam, ban dam, mua dam, gai goi, gai ban hoa, ban hoa, gai dich vu, gai mai dam, dung duong, gai dung
        duong, chan dat, ma co, to ba, dan moi, di khach, tiep khach, sung suong, massage, mat xa, mat xa kich
        duc, kich duc, tam quat, goi dau thu gian, kich thich, ca phe chom, ca phe den mo, den mo, ca phe vuong,
        hot toc thanh nu, karaoke om, bia om, tay vin, tiep vien, an mac ho hang, tau nhanh, di nhanh, qua dem,
        chup giut, chup giat, khach lang choi, gai goi cao cap, di du, du, vui ve, tu toi ben, tuoi mat, gai,
        gai tre, gai nhay, z, massa, spa tra hinh, tra hinh, cho thue theo gio, cho thue gio, bao cao su, keo
        khach, vay khach, moi chao khach, moi moc khach, cheo keo khach, dat gai, nuoi gai, dan gai, may em, may
        co gai, dan khach
    """,
    Category.TRAFFICKING: """
        buon nguoi, mua ban nguoi, ban sang trung quoc, ban qua, sang campuchia, qua campuchia, qua cam, sang
        cam, campuchia, svay rieng, bavet, ba vet, poipet, myanmar, mien dien, lao, dubai, dai loan, casino, bi
        ban, ban nguoi, lua ban, lua sang, lua qua, du do, ru di lam xa, cuong buc lao dong, bat lam viec, giu
        cccd, giu can cuoc, giu giay to, giu ho chieu, thu ho chieu, tien chuoc, doi tien chuoc, chuoc, nhot,
        giam, bi giam, khong cho ve, khong duoc ve, khong cho ra ngoai, bat coc, lay chong trung quoc, lay chong
        nuoc ngoai, moi gioi hon nhan, xem mat, cho con nuoi, ban con, mua con, mang thai ho, de thue, ban than,
        ban noi tang, lua dao mang, bo tron, bat di khach, ep di khach, ep lam, cau ca, tau ca, di bien, xuong
        tau, no nan, tru no, khong tra luong, lam khong luong, chich dien, ban lai, dua qua bien gioi, vuot
        bien, xuat canh trai phep, lao dong chui, lua di, ru di, di lam ben, dua di, dua len xe, con be
    """,
    Category.ABUSE: """
        bao hanh, bao luc gia dinh, bao luc, danh vo, danh con, danh dap, danh chong, danh me, danh bo, danh ba,
        danh ong, xam hai, dam o, hiep dam, cuong hiep, hiep, so mo, so soang, giao cau, quay roi, quay roi tinh
        duc, sam so, quay len, nhin trom, rinh tam, bat nat, bao luc hoc duong, danh hoi dong, bo roi, bo doi,
        nguoc dai, hanh ha, chong danh, bi chong danh, chong em danh, bo duong, cha duong, duong, me ke, di ghe,
        xich, troi, lot do, danh ban hoc, quay clip danh ban, nhot con, tat con, anh nong, clip nong, tung anh,
        bam theo, deo bam, bop co, nguoi gia bi, me gia, bo gia, chong say, say ruou ve danh, vo chong, vo con,
        co giao danh, bao mau, nhom tre, hanh hung vo, danh chau, danh be, cham vao nguoi, dung cham, vung kin,
        cuong ep, ep quan he, quan he, mang thai, co thai, bau, loi cam doan, chong cu, nguoi yeu cu, chui mang
        vo, duoi vo, danh em, danh chi, cam don, con rieng
    """,
    Category.VIOLENCE: """
        danh nhau, danh lon, uynh lon, uynh nhau, oanh nhau, oanh lon, quynh nhau, dap lon, chem, chem nhau,
        chem lon, dam, dam chem, dam nhau, hon chien, hung khi, ma tau, dao phong lon, tuyp sat, phong lon,
        giet, giet nguoi, doa giet, doi chem, doi giet, thanh toan, rach mat, danh toi, bi danh, hanh hung, co y
        gay thuong tich, gay thuong tich, xo xat, au da, gay go, danh hoi dong, ruot duoi, ruot chem, cam dao,
        cam ma tau, cam rua, cam gay, dam nguoi, truy sat, giang ho, con do, xa hoi den, hai nhom, 2 nhom, hai
        bang, bang nhom, bang dang, keo quan, hen danh, hen nhau danh, mang dao, vac dao, xach dao, xach ma tau,
        vac ma tau, nem bom xang, bom xang, dot nha, tat axit, axit, danh ghen, dap pha quan, pha quan, no sung,
        ban nhau, phang, do mau, chay mau, nhap vien, bat tinh, tra thu, dan mat, quay banh, khong che, con tin,
        thang say cam dao, dau gau, danh chet, danh gay
    """,
    Category.PUBLIC_DISORDER: """
        gay roi, mat trat tu, gay mat trat tu, on ao, on, lam on, hat karaoke, karaoke, loa keo, loa keo keo,
        keo keo, loa thung, nhac to, mo nhac, mo loa, nhac san, hat ho, am i, inh oi, dua xe, nep po, net po, no
        po, boc dau, lang lach, danh vong, bao dem, di bao, tu tap, nhau nhet, nhau say, say xin, say ruou, say,
        quay pha, pha lang pha xom, pha phach, dap pha, dap bong den, nem da, nem gach, nem chai, ve bay, xit
        son bay, tieu bay, dai bay, chui boi, chui bay, la het, ho het, quay, quay roi, choi choai, choai choai,
        thanh thieu nien, tre trau, bay xe, doan xe, pha hoai, be ghe da, tra tan, hat hong, hat het, hat toi
        khuya, nhac dap, loa phuong, khong cho ai ngu, khong ngu duoc, mat ngu, khong ai ngu duoc, chay xe do,
        do xe, xe do, po do, rut po, rom po, ban phao sang, chan duong, la loi
    """,
    Category.WEAPONS: """
        sung, sung san, sung hoi, sung dan, sung tu che, sung ban bi, sung ban dan bi, sung dien, sung ngan,
        khau sung, ban sung, dan, vien dan, luu dan, min, bom, qua bom, dau dan, qua dan, dan phao, bom bi,
        thuoc no, kip no, day chay cham, kip, phao, phao no, phao hoa, phao lau, dot phao, ban phao, phao tu
        che, phao che, che phao, lam phao, che tao phao, thuoc phao, mua ban phao, tang tru phao, hoa no, phao
        dai, phao trung, phao bi, phao dan, vu khi, ban dao, dao gam, dao bam, con nhi khuc, kiem nhat, ma tau
        ban, dao tu che, che tao sung, con, sung cao su, binh xit hoi cay, hoi cay, dui cui dien, roi dien, no
        ban, cung no, ten, noi ban, sung con, sung pcp, linh kien sung, sung bi, giao nop, nop sung, vat lieu
        no, vat no, vat la, danh ca bang min, danh ca bang thuoc no
    """,
    Category.TRAFFIC: """
        tai nan, tai nan giao thong, tong xe, dam xe, tong nhau, dung xe, dung nhau, quet, quet nhau, va cham,
        lat xe, xe lat, te xe, nga xe, bi xe dung, bi xe tong, bi xe can, can chet, bo chay, gay tai nan, ket
        xe, tac duong, un tac, un u, ket cung, tac nghen, vuot den do, nguoc chieu, lan tuyen, lan lan, do xe,
        dau xe, dau xe bua, do xe sai, lan chiem, lan chiem long duong, via he, long le duong, lan chiem via he,
        xe qua tai, qua tai, xe ben, xe tai, xe container, xe dau keo, xe khach, xe bon, ho ga, o ga, o voi,
        duong hong, duong hu, duong xau, sut lun, den do, den tin hieu, den giao thong, chay au, phong nhanh,
        lang lach, nong do con, khong mu bao hiem, khong doi mu, cho 0, cho 3, roi vai, roi dat, dat roi, bien
        bao, vach ke, goc cua, khuc cua, duong tron, dau loang, dau nhot, cay do ngang duong, xe do, xe du, ben
        coc, chay qua toc do, chan ngang duong, mo duong, duong ray, tau hoa, tau lua, xe buyt, xe may, oto, o
        to, giao thong, csgt, giai phan cach, mat lai, mat phanh, do deo, dam vao, dam nhau, tong vao, tong
        trung, ui, can trung, xe con, lat ngang, lat nghieng
    """,
    Category.FIRE_SAFETY: """
        chay, chay nha, chay lon, chay to, boc chay, hoa hoan, lua, lua chay, dam chay, boc khoi, khoi, khoi
        den, khoi mu mit, khoi bay, khoi boc, chap dien, chay dien, no binh gas, binh gas, ro gas, ro ri gas, xi
        gas, mui gas, mui ga, ro khi, xi ga, khi gas, ro ri, cuu hoa, chua chay, pccc, xe chua chay, binh chua
        chay, loi thoat hiem, thoat hiem, cua thoat hiem, thoat nan, cau thang thoat hiem, bit loi thoat, ket
        trong dam chay, thieu rui, phun lua, tia lua, xet lua, xet dien, cau dao, day dien, day dien chay, cau
        moc, qua tai dien, tram bien ap no, dot rac, dot dong, dot rom, dot co, dot ray, chay rung, chay co,
        chay xe, chay xuong, chay kho, chay bep, chay quan, chay cho, mui khet, no lon, san chiet gas, chiet nap
        gas, sang chiet gas, ban xang le, xang dau, cay xang mini, chua xang, tru nuoc chua chay, chua chay
        khong, khoa cua thoat, chat do day loi di, sac xe dien, pin xe dien, tran dau, han xi, 114, lan sang,
        bat lua, ngun khoi
    """,
    Category.SMUGGLING: """
        hang lau, buon lau, nhap lau, hang nhap lau, thuoc la lau, thuoc lau, ruou lau, duong lau, xang lau, dau
        lau, hang gia, hang nhai, hang kem chat luong, hang khong ro nguon goc, khong ro nguon goc, khong nguon
        goc, khong nhan mac, khong tem, khong hoa don, gia nhan hieu, nhan mac gia, tem gia, dan tem, dan nhan,
        ruou gia, thuoc gia, thuoc tay gia, sua gia, phan bon gia, thuoc tru sau gia, my pham gia, mi chinh gia,
        bot ngot gia, nuoc mam gia, vang lau, ngoai te lau, my pham tron, kem tron, hang cam, hang xach tay,
        hang qua bien gioi, cuu van, cuu van hang, boc vac hang, hang tau, thuoc la ngoai, jet, hero, 555, duong
        cat, tran hang, van chuyen hang, noi tang dong lanh, thit dong lanh, qua date, het han su dung, het
        date, sua lai han, dap lai date, sang chiet, bao bi gia, nhai nhan hieu, thuc pham chuc nang gia, gia
        mao nhan hieu, pha che, kho hang, tap ket hang, ghe cho, vo lan, cho lau, hang trung quoc, gan mac, dong
        goi, san xuat gia, dong hop
    """,
    Category.ENVIRONMENT: """
        o nhiem, xa thai, nuoc thai, xa nuoc thai, xa trom, do trom, do rac, do rac thai, rac thai, rac, bai
        rac, rac chat dong, chat thai, chat thai nguy hai, hoi thoi, mui hoi, thoi, thui, hoi, khoi bui, bui,
        khoi, ca chet, chet ca, nuoc den, den ngom, kenh den, khai thac cat, hut cat, cat tac, cat lau, tau hut
        cat, sa tac, xang cap, khai thac dat, dao dat, muc dat, moc dat, dat mat, khai thac da, no min pha da,
        pha rung, chat rung, lam tac, go lau, chat cay, cua go, don ha cay, dot than, lo gach, lo mo, giet mo,
        trai heo, trai lon, trai ga, chan nuoi, phan heo, phan lon, heo chet, lon chet, ga chet, heo benh, lon
        benh, dich ta, thuc pham ban, thit thoi, thit oi, thit ban, ngo doc, ngo doc thuc pham, ham the, han
        the, hoa chat, formol, chat cam, thuoc kich, kich dien, chich dien, xung dien, xiec dien, chich ca, san
        bat, chim troi, bat chim, dong vat hoang da, thu rung, tho rung, xuong xa, nha may xa, xa khoi, khoi
        den, dau nhot thai, nuoc giat nhuom, thuoc sau, bao thuoc tru sau, vut xac, xac lon, lan chiem song, sat
        lo, lap ao, lap kenh, vo co, khong kiem dich, bun thai, gieng, an toan thuc pham, giet mo lau
    """,
    Category.CORRUPTION: """
        hoi lo, nhan hoi lo, dua hoi lo, tham nhung, tham o, vong vinh, nhung nhieu, tieu cuc, phong bi, lot
        tay, boi duong, tien boi duong, lam luat, mai lo, tien mai lo, chung chi, bao ke, bao ke cho, an tien,
        vi tien, doi tien, goi y dua tien, vong tien, tien ca phe, tien tra nuoc, loi dung chuc vu, chay an,
        chay viec, lam kho, hanh dan, hach sach, sach nhieu, nhan tien, thu tien, thu phi, thu phi sai, thu trai
        quy dinh, khong bien lai, khong hoa don, khong co bien lai, an chan, an chan tien, bot xen, khai khong,
        che do, tien ho tro, tien cuu tro, quy thon, quy xa, tien den bu, lam quyen, bao che, o du, du che, can
        bo, can bo xa, can bo phuong, chu tich xa, truong thon, bi thu, dia chinh, to truong, truong ap, thanh
        tra, quan ly thi truong, kiem lam, canh sat giao thong, csgt, hieu truong, bac si, y ta, lo lot, chay
        cho, dut tien, dui tien, kep tien, lam ngo, luat ngam, thu tien ngoai, ong can bo, cong chuc, noi gia,
        lap khong, tu nguyen bat buoc
    """,
    Category.RESIDENCE: """
        khong dang ky tam tru, khong khai bao tam tru, chua dang ky tam tru, khong dang ki tam tru, khong khai
        tam tru, tam tru, khai bao tam tru, luu tru, khong khai bao, nguoi la, nguoi nuoc ngoai, nguoi trung
        quoc, nguoi trung, khach trung quoc, nhap canh trai phep, xuat canh trai phep, nhap canh lau, vuot bien,
        qua bien gioi trai phep, xuat nhap canh, duong mon, o chui, cu tru bat hop phap, cu tru trai phep, tron
        truy na, truy na, khong giay to, khong co giay to, khong can giay to, khong phep, khong giay phep, khong
        co giay phep, chua co giay phep, karaoke khong phep, karaoke chui, cam do, tiem cam do, cam do khong
        phep, nha nghi, homestay, chu tro, nha tro, phong tro, day tro, o ghep, kinh doanh khong phep, kinh
        doanh co dieu kien, bao ve chui, dong dau gia, cho thue tro, airbnb, khong xuat trinh, khong dang ky,
        dang ky kinh doanh, het han visa, visa, nhan khach, khong trinh bao, lam an mo am, ra vao phuc tap, la
        mat, noi tieng nuoc ngoai, khach la, bien hieu, mua ban sung
    """,
    Category.DISPUTE: """
        tranh chap, tranh chap dat, tranh dat, tranh gianh, lan dat, lan chiem dat, lan ranh, lan sang, hang
        rao, ranh gioi, ranh dat, cot moc, mat tien, loi di chung, loi di, duong di chung, bit loi di, chan loi
        di, mau thuan, mau thuan hang xom, cai nhau, cai lon, cai va, gay lon, chui nhau, hoa giai, hoa giai
        dum, phan giai, phan xu, xich mich, thua ke, chia thua ke, chia tai san, chia dat, chia gia tai, ly hon,
        ly di, gianh con, gianh quyen nuoi con, so do, bo ranh, hai nha, hai gia dinh, nha ben, nha ke ben, nha
        hang xom, hang xom, thong gia, anh em tranh, nuoc mua, mang xoi, cay lan, re cay, lan qua, tuong nha,
        xay lan, xay tuong, vet nut, nut tuong, tien no khong tra, no khong tra, khong tra tien, muon tien khong
        tra, dat huong hoa, giay tay, giay viet tay, con do ruong, nuoc ruong, be bo, cat nuoc, tho mo, mo ma,
        doi lai dat, doi dat, do dac lai, do lai
    """,
    Category.OTHER: """
        mat tich, di lac, that lac, tim nguoi, tim nguoi nha, tim tre lac, bo nha di, bo di, tu tu, nhay cau,
        nhay lau, nhay song, duoi nuoc, chet duoi, dam than, tam than, nguoi tam than, ngao ngo, khung, xac
        chet, thi the, xac nguoi, bo roi tre, tre so sinh, be so sinh, nguoi gia neo don, ngat xiu, dot quy, bat
        tinh, nam bat dong, ran, ran ho mang, con ran, cho dai, cho can, cho tha rong, con tran, ca sau, trau
        dien, bo dien, ong vo ve, to ong, cot dien, cot dien nghieng, day dien dut, day dien sa, dien giat, dut
        day dien, dien ro, ho ga, nap cong, mat nap, cay do, cay sap do, sap, sat lo, lo dat, ngap, lu, lut,
        ngap nuoc, tui xach bo quen, vat kha nghi, goi hang la, nhat duoc, nhat duoc vi, nhat duoc giay to, roi
        giay to, cuu ho, cuu nan, ket thang may, khong mo cua, khong thay ra, mui la, mat dien, mat nuoc, be ong
        nuoc, vo de, con khi, nguoi vo gia cu, an xin
    """,
    Category.NOT_A_TIP: """
        cho hoi, cho em hoi, cho toi hoi, xin hoi, cho minh hoi, cho con hoi, cho chau hoi, hoi thu tuc, thu
        tuc, giay to gi, can giay to, nop o dau, lam o dau, may gio, gio lam viec, cam on, xin cam on, chuc,
        chuc mung, xin chao, alo, test, nham, gui nham, giam gia, khuyen mai, lien he, inbox, tuyen dung, can
        tuyen, cho thue nha, can ban, can mua, ban dat, ship, freeship, can cuoc, lam can cuoc, vneid, ho chieu,
        bang lai, dang ky xe, sang ten xe, xac nhan cu tru, nhap khau, tach khau, khai sinh, dang ky ket hon, ly
        lich tu phap, phat nguoi, le phi, haha, hihi, hehe, kaka, ngu ngon, buoi sang, so dien thoai cong an,
        lich tiep dan, thong bao, dua thoi, dua ti, bai hat, truyen cuoi
    """,
}  # fmt: skip


def _index() -> dict[str, tuple[Category, ...]]:
    """Phrase -> the categories that it speaks for."""
    found: dict[str, list[Category]] = {}
    for category, block in _PHRASES.items():
        for phrase in dict.fromkeys(part.strip() for part in block.split(",")):
            found.setdefault(phrase, []).append(category)
    return {phrase: tuple(categories) for phrase, categories in found.items()}


_INDEX: Final = _index()
_LONGEST: Final = max(phrase.count(" ") + 1 for phrase in _INDEX)


def hits(line: Sequence[str]) -> dict[Category, float]:
    """How strongly a message's folded words speak for each category; a longer phrase hides the shorter ones in it.

    Numbers in `line` are written as 0, as in the phrases.
    """
    out: dict[Category, float] = {}
    at = 0
    while at < len(line):
        for size in range(min(_LONGEST, len(line) - at), 0, -1):
            if found := _INDEX.get(" ".join(line[at : at + size])):
                for category in found:
                    out[category] = out.get(category, 0.0) + (0.6 + 0.4 * size) / (1 + 0.35 * (len(found) - 1))
                at += size - 1
                break
        at += 1
    return out


def is_phrase(words: str) -> bool:
    """Whether folded words are a phrase of some category, so that they say what happened rather than where."""
    return words in _INDEX
