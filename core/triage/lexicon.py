"""Words and phrases by category, folded: the knowledge that a small training set cannot hold.

Phrases are separated by commas. Hits are features of the model, so their weight is learnt. A phrase may stand under
several categories; it then counts less for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from core.triage.proposal import Category

_PHRASES: Final[dict[Category, str]] = {
    Category.DRUGS: """
        ma tuy, ngao da, phe da, hang da, hit da, choi da, da da, thuoc lac, ketamin, heroin, can sa, co my, co
        xanh, hong phien, nuoc vui, bong cuoi, thuoc phien, cai nghien, con nghien, nghien, chich choac, kim
        tiem, ong tiem, xi lanh, phe thuoc, hang trang, tem giay, bay lac, bay phong, mai thuy, keo la, nam
        than, khung tha, lac vai, coc can, lac thuoc, dap da, tieng lac, hang da trang, hut co, giay bac, bot
        trang, phe can, loan than, ao giac, can thuoc, mo tuy, ma tuy da, tang tru ma tuy, dan choi da, bi da,
        choi hang, giao hang trang, hang lac, hut hit, hut chich, keo xanh, tem lsd, lsd, shisha, thuoc la dien
        tu, pod chill, vape, thuoc lac keo, chat kich thich, chat cam, chat gay nghien, kich thich than kinh,
        bot la, cuc da, bich nho, bich ni long, can tieu ly, bat lua, ong thuy tinh, binh da, no co, giay bac
        chay, mui khet nhua, hut bong, bong bay khi, khi cuoi, bom bong, voi bong, n0o, dung cu hut, hut thuoc
        phien, can phe, dan nghien, doi tuong nghien, cai ma tuy, tai nghien, shock thuoc, soc thuoc, qua lieu,
        pheeee, bay phong karaoke, mo nhac bay, di bay, choi ke, khay ke, the nhua, lam vai duong, hang da lac,
        ban le ma tuy, con buon, giao da, ship hang trang, gio hang trang, giau hang, cat giau, mui la, nga ngo,
        lo do, do dan, nhu nguoi mat hon, noi nham, cuoi mot minh, nhin dang so
    """,
    Category.THEFT_ROBBERY: """
        trom, bi trom, an trom, mat trom, mat cap, moc tui, an cap, giat do, cuop, cuop giat, giat tui, giat day
        chuyen, giut do, giut, giut day chuyen, giut dien thoai, trom cho, bat cho, cau trom cho, cau cho, trom
        ga, trom bo, mat bo, mat trau, mat xe, lay mat xe, lay trom, be khoa, cay cua, cay khoa, pha khoa, cay
        tu, dot nhap, ke trom, ke gian, trom xe, trom vat, trom dem, lay cap, trom binh ac quy, hoi cua, cat
        trom, trom cap, tran lot, cuop tiem vang, cuop giua ban ngay, giat dien thoai, mat dien thoai, mat vi,
        rach tui, trom cay, nay cua, nay khoa, chan duong cuop, mat ga, mat vit, mat heo, mat lon, danh ba cho,
        ba cho, vo vet, khoang sach, cuom, no lay, bo dao keo bo, chom, bung nguyen, cat day cap, cat cap, mat
        xe may, dat xe ra, dat trom, giut tui xach, giat tui xach, giut gio, giat gio, giat bong tai, giut bong
        tai, lac tay, day chuyen, moc do, moc bop, mat bop, mat tui, mat balo, mat laptop, mat may tinh, mat do,
        mat tai san, mat tien, mat vang, mat de, mat cay canh, mat cay kieng, mat hoa lan, mat xe dap, mat xe
        dien, mat binh, mat bom nuoc, mat day dien, mat dong ho nuoc, cay cop, be kinh xe, dap kinh xe, dap kinh
        o to, lay trong cop, cay ket, be ket, pha ket, ket sat, danh thuoc me, danh ba, ban cho, roi dien cho,
        cho bi bat, an trom cho, hoi cay kieng, nho trom, hai trom, trom trai cay, trom ca, cau trom, luoi trom,
        trom dien, trom xang, hut trom xang, hut dau, rut xang, cat khoa, pha o khoa, be cong, treo cong, treo
        tuong, leo ban cong, leo cua so, dot nhap vao, vao nha, vo nha lay, len lay, cam nham, tai xe om cho
        may, nguoi giup viec lay, nhan vien lay, chiem doat xe, thue xe roi, muon xe khong tra, di vang, hien
        truong, dau vet, van tay, lay dau van tay, trich xuat, camera quay duoc, camera ghi, coi camera
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
        to gia, bang gia, tien gia, ve so gia, ban thuoc dom, thuoc dom, hoi thao, ban hang da cap, chu hui, loi
        dung long tin, nguoi yeu qua mang, quen qua mang, ung dung gia, app gia, tu thien gia, keu goi tu thien,
        don hang ao, shipper gia, dong phi, dong thue, ung tien truoc, phi bao hiem, nhiem vu, bao hiem xa hoi,
        so bao hiem, dao han, trung tuyen, cuc vien thong, khoa sim, bao sim, lenh khoi to, lam quen, yeu qua
        mang, gui tien, gui qua ve, dong le phi, phi van chuyen, phi hai quan, coin, tien so, bitcoin, forex,
        sinh loi, loi nhuan, lai suat khung, rut khong duoc, nang cap tai khoan, hoan thanh nhiem vu, like
        video, don hang, chot don, hang khong giong, giao hang sai, chuyen lon tien, chuyen nham tien, tra tien
        nham, bien mat luon, tat may luon, khoa may, cat lien lac, xoa tai khoan, xoa nhom, mat lien lac voi
        shop, facebook ao, nick ao, nick gia, mat tien oan, lua tinh, ban xe gia, ban nha gia, hop dong gia, dau
        gia gia, chung tu gia, cong ty ma, du an ma, san pham khong nhu, so huu ky nghi, thuoc gia truyen, thay
        boi, thay cung, giai han, boi toan, cung bai, mua ban hang online, mua online, dat mua, dat hang, mua
        tren mang, mua qua mang, ban tren mang, ve may bay, ve xem, ve concert, dat phong, homestay gia, visa
        gia, du hoc, dinh cu, tuyen sinh gia, bang cap gia, chay diem, chay bang, mua ban tai khoan, cho muon
        tai khoan, thue tai khoan ngan hang, tu thien, quyen gop, keu goi ung ho
    """,
    Category.LOAN_SHARKING: """
        cho vay nang lai, vay nang lai, tin dung den, lai cat co, vay nong, xiet no, siet no, doi no, doi no
        thue, tin dung, boc bat ho, bat ho, boc ho, vay lai, lai ngay, tra gop ngay, lai me de lai con, vay app,
        app vay, app vay tien, tat son, son do, mam tom, tat mam tom, tien lai, lai suat, con no, chu no, vay
        nang, vay lai cao, tien gop, vay tien gop, gop ngay, ho tro tai chinh, to roi vay, cho vay, vay tien,
        vay qua app, khung bo dien thoai, ghep anh, ghep hinh, bat ky giay no, giay no, cam so ho, xa hoi den,
        vong hoa, quan tai, lai ngan, muon no, dan cho vay, nguoi doi no, ep tra no, nem chat ban, do chat ban,
        no tien, tra lai, tra lai ngay, dong lai, dong hang ngay, gop moi ngay, vay gop, tra gop lai cao, tre
        hen, tre mot ngay, den han tra, chi no, nguoi no, con no cua no, nhan do lai cao, giu the luong, giu so
        luong, giu the atm, cam the, cam ca vet, cam cccd, giu xe lam tin, viet giay no, ky giay no, ky giay
        ban, ep ky, boi ten, boi nho, danh ba, goi cho nguoi than, goi cho sep, goi ca co quan, nhan cho ban be,
        dang anh con no, dang hinh, dan anh, dan to roi, phat to roi, lai mot thang, phan tram thang, phan tram
        mot thang, nghin mot trieu, ngan mot trieu, bat nguoi, bat con no, dua len xe, dan xa hoi, dan doi no,
        thue giang ho, cho xac mam, mam, son, do son, tat do ban, nem mam, xit son, dan keo o khoa, pha o khoa,
        khoa cong nha
    """,
    Category.GAMBLING: """
        danh bac, co bac, danh bai, song bac, song bai, xoc dia, tai xiu, bau cua, lac bau cua, danh de, ghi de,
        so de, lo de, ban de, ghi lo, da ga, choi ga, truong ga, doi ga, ca do, ca cuoc, ca do bong da, ca do
        bong, ba cay, to tom, tien len an tien, tien len, phom, lieng, xi to, poker, cat te, binh xap xam, xap
        xam, mau binh, xi dach, ban ca, may ban ca, game bai, no hu, slot, da ca, an tien, ghi so de, chu de,
        bao lo, huyen de, thau de, nha cai, song ga, song, sat phat, do den, do bong da, do banh, ca banh, ga
        choi, bay ban an tien, keo bong, keo tai xiu, bida an tien, sam loc, chan, danh chan, xo so de, loto an
        tien, keo, co thu, con bac, chung tien, ghi day, danh bai an tien, danh bom, choi bai, gom do, chau ria,
        ban bac, vay bac, dat cuoc, tien cuoc, choi chan, to tom dien, bai cao, bai xi, bai ba la, catte, danh
        tien len, choi bai an tien, an thua, tien mat tren chieu, trai chieu, choi loc, loc bi, lac xi ngau, xi
        ngau, xuc xac, xoc xoc, dau ga, ga don, ga cua, ga noi, bo cua, da ca lia thia, dua cho an tien, dua bo
        an tien, chay bo ngay, keo dai, keo chap, ty le keo, link ca do, tai khoan ca do, dai ly ca do, cho ghi
        no, ghi no, chot so, bao so, xien, ba cang, danh lo, choi lo, choi de, om de, thu ky de, chu lo, bang
        lo, ket qua xo so, ve so lau, so lau, may xeng, may danh bac, ban ca an tien, tay game, game doi thuong,
        rut thuong, nap the choi, slot game, quay hu, tai xiu online, casino online, web bai, song bac di dong,
        canh gioi, gac song, thua sach, thua het, thua do, no do, no bai, cam xe danh bac
    """,
    Category.PROSTITUTION: """
        mai dam, ban dam, mua dam, gai goi, gai ban hoa, ban hoa, gai dich vu, gai mai dam, dung duong, gai dung
        duong, chan dat, ma co, to ba, dan moi, di khach, tiep khach, sung suong, massage, mat xa, mat xa kich
        duc, kich duc, tam quat, goi dau thu gian, kich thich, ca phe chom, ca phe den mo, den mo, ca phe vuong,
        hot toc thanh nu, karaoke om, bia om, tay vin, tiep vien, an mac ho hang, tau nhanh, di nhanh, qua dem,
        chup giut, chup giat, khach lang choi, gai goi cao cap, di du, vui ve, tu toi ben, tuoi mat, gai, gai
        tre, gai nhay, massa, spa tra hinh, tra hinh, cho thue theo gio, cho thue gio, bao cao su, keo khach,
        vay khach, moi chao khach, moi moc khach, cheo keo khach, dat gai, nuoi gai, dan gai, may em, may co
        gai, dan khach, goi dau duong sinh, duong sinh, xong hoi, tam trang, mat xa tan noi, mat xa chui, vay
        xe, vay khach vao, keo tay khach, dung ben duong, dung goc duong, vay ngan, mac ho, ho hang, thieu vai,
        khong mac do, phong kin, phong toi, phong karaoke om, om ap, em ut ngoi ban, phuc vu tu a, boi bac,
        khach dan ong, dan ong ra vao, khach nam ra vao, doi khach, cho khach chon, lua gai, chon gai, gia moi
        luot, mot luot, moi luot, di qua dem, phuc vu qua dem, dich vu nhay cam, nhay cam, hang gai, checker,
        sugar baby, chan gai, tu ba, me mi, ma mi, bao ke gai, gai dung, may chi dung duong, hoat dong tra hinh,
        hinh thuc tra hinh, mua vui, giai quyet sinh ly, sinh ly, bao cao su vut
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
        bien, xuat canh trai phep, lao dong chui, lua di, ru di, di lam ben, dua di, dua len xe, con be, qua cua
        khau, qua bien gioi, ben kia bien gioi, bac deo, tam giac vang, mien, phi lip pin, philippin, ma lai,
        trung quoc, sang ben do, di viec nhe, luong cao bao an o, luong nghin do, luong ngan do, lam game, lam
        telesale, ep di lua dao, ep lua, di dien, chich roi dien, di roi dien, bo doi, danh dap bat lam, bat
        lam, bat di lam, ep lao dong, cuong ep lao dong, lam no le, khong cho lien lac, thu dien thoai, tich thu
        dien thoai, giu chung minh, giu giay, khoa trong phong, canh giu, nguoi canh, tron ve, tron duoc, tron
        thoat, giai cuu, gui dinh vi, cu dinh vi, mua tre em, ban tre em, ban em be, mua be, cho con lay tien,
        xin con nuoi lay tien, de muon, mang bau thue, xem mat chong, ga chong, ga ban, lay chong xa, gai ban,
        dan toc bi lua, du di lam, ru di lam, loi keo di lam, moi gioi di lam, tuyen di bien, lam tren tau ca,
        len tau bi danh, khong cho len bo
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
        vo, duoi vo, danh em, danh chi, cam don, con rieng, vut tui bui, quat bang roi, danh bang roi, danh bang
        day, tat toi tap, bat quy, bat nhin doi, bo doi con, nhot ngoai, nhot trong, nhot vao nha ve sinh, khoa
        trai cua, la mang chui boi, chui boi vo, hanh ha vo, kiem soat vo, cam ra ngoai, doa bo, doa giet vo,
        doa giet con, bo nha chong, bau bi danh, say ve danh, nhau ve danh, say ruou danh, ruou vao danh, keu
        cuu, khoc thet, khoc la, la het keu, bam tim, bam mat, sung mat, lan roi, vet bam, vet thuong tren
        nguoi, quay roi tinh, ga gam, ga tinh, nhan tin ga gam, gui anh nhay cam, gui anh nong, ga chat sex, xem
        trom, quay trom, camera giau kin, dat camera, theo doi bam theo, nam tay keo, chan duong tro gheo, chong
        gheo, treu gheo, huyt sao, khoe hang, thu dam, bien thai, yeu rau xanh, dua gion, tre vi thanh nien,
        chua du tuoi, bi hai, bi hiep, nguoi gia bi danh, con cai bat hieu, bat hieu, dau doc me, chui mang cha
        me, tap the lop co lap, co lap, tay chay, lot do quay clip, bat quy xin loi, danh ban, thay giao danh,
        co giao nhot, bao mau danh, nguoi khuyet tat bi
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
        thang say cam dao, dau gau, danh chet, danh gay, chan danh, danh hoi dong o, danh chan thuong, danh vo
        dau, dap vo dau, vo dau, be dau, rach dau, chem vao tay, chem dut, chem luon, chem lia lia, dam lien
        tiep, bi dam, bi chem, dung dao, rut kiem, cam phong lon, cam gay sat, cam day xich, cam sung ban, ban
        chi thien, giai quyet mau thuan, giai quyet an thua, thanh toan nhau, tranh gianh dia ban, bao ke dia
        ban, doi no danh, ghen tuong, dap nat, dap xe, dot xe, tat xang, tat nuoc soi, vay danh, quay danh, duoi
        danh, ruot danh, xong vao danh, xong vo danh, lao vao danh, nem bom, gay han, khieu khich, doa xu, doa
        chem ca nha, hen giai quyet, hen ra san, kem nguoi, keu nguoi, keu dan em, keo dan em, dan anh dan chi,
        giang ho mang, bang xe, hung hang, con do quay, an thua du, thuong tich, gay thuong, giam dinh thuong
        tat, giay benh vien, khau may mui
    """,
    Category.PUBLIC_DISORDER: """
        gay roi, mat trat tu, gay mat trat tu, on ao, lam on, hat karaoke, karaoke, loa keo, loa keo keo, keo
        keo, loa thung, nhac to, mo nhac, mo loa, nhac san, hat ho, am i, inh oi, dua xe, nep po, net po, no po,
        boc dau, lang lach, danh vong, bao dem, di bao, tu tap, nhau nhet, nhau say, say xin, say ruou, say,
        quay pha, pha lang pha xom, pha phach, dap pha, dap bong den, nem da, nem gach, nem chai, ve bay, xit
        son bay, tieu bay, dai bay, chui boi, chui bay, la het, ho het, quay, quay roi, choi choai, choai choai,
        thanh thieu nien, tre trau, bay xe, doan xe, pha hoai, be ghe da, tra tan, hat hong, hat het, hat toi
        khuya, nhac dap, loa phuong, khong cho ai ngu, khong ngu duoc, mat ngu, khong ai ngu duoc, chay xe do,
        do xe, xe do, po do, rut po, rom po, ban phao sang, chan duong, la loi, ru ga, rom ro, rom ga, no may
        am, chay vong vong, bao dao, xe phan khoi lon, no may xe, chay xe nhu dien, da bong dem, san bong, bong
        vang, vang trung ngoi, nem vo ngoi, nem trung, chui the, noi tuc, noi tuc tiu, tuc tiu, dai duong, tieu
        tien, coi do, khoa than, khong quan ao, gia lam ma, doa ma, dot phao sang, ban phao giay, loa di dong,
        loa hop, am thanh lon, tieng on, do tieng on, cach am, mo het co, mo het volume, ban dem on, gay on,
        cuoi noi lon, nhau khuya, nhau thau dem, nhau toi sang, hat nhau, dap chai, vut chai, vo chai, be bong
        den, dap den, pha cay, be cay, nho hoa, pha hang rao, ghe cong vien, pha bien, ve len tuong, son len
        tuong, tuong nha, boi ban, lam mat my quan, quay roi dan, mat an ninh trat tu, mat an ninh, tu tap dong,
        tu tap dong nguoi, tu tap hut, dan xom, xo day, chen lan, co dong vien, gay sot
    """,
    Category.WEAPONS: """
        sung, sung san, sung hoi, sung dan, sung tu che, sung ban bi, sung ban dan bi, sung dien, sung ngan,
        khau sung, ban sung, dan, vien dan, luu dan, min, bom, qua bom, dau dan, qua dan, dan phao, bom bi,
        thuoc no, kip no, day chay cham, kip, phao, phao no, phao hoa, phao lau, dot phao, ban phao, phao tu
        che, phao che, che phao, lam phao, che tao phao, thuoc phao, mua ban phao, tang tru phao, hoa no, phao
        dai, phao trung, phao bi, phao dan, vu khi, ban dao, dao gam, dao bam, con nhi khuc, kiem nhat, ma tau
        ban, dao tu che, che tao sung, con, sung cao su, binh xit hoi cay, hoi cay, dui cui dien, roi dien, no
        ban, cung no, ten, noi ban, sung con, sung pcp, linh kien sung, sung bi, giao nop, nop sung, vat lieu
        no, vat no, vat la, danh ca bang min, danh ca bang thuoc no, sung ban ca, sung ban chim, sung kip, sung
        phong, sung da chien, sung gia, sung nhua ban bi, dan that, hop dan, bang dan, qua min, vat nhu bom, bom
        con sot lai, luu huynh, kali, thuoc sung, ngoi no, bom hen gio, cuon phao, quan phao, nhoi phao, thung
        phao, phao giay, phao hoa no, tiec phao, tieng phao, tieng no phao, xac phao, dot phao trai phep, dao
        bau, dao thai, dao rung, dao le, dao mac, ma tau kiem, kiem nhat ban, thanh kiem, phong lon ban, guom,
        gay bong chay, dui cui, coc tay, binh xit cay, sung ban dien, roi dien ban, mua vu khi, ban vu khi, tang
        tru vu khi, che vu khi, ren dao, bay dien, bay sung, san ban trai phep, danh ca no, no ca, khai bao
        sung, nop vu khi, van dong giao nop, san thu
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
        trung, can trung, xe con, lat ngang, lat nghieng, dut thang, dut phanh, no lop, lao len le, lao vao nha,
        lao vao quan, dam vao le, dam vao cot, dam lien hoan, tai nan lien hoan, tong lien hoan, dam roi bo
        chay, tong roi bo chay, dung roi chay, lai xe say, say ruou lai xe, uong ruou lai xe, lai xe dung dien
        thoai, cho hang cong kenh, cong kenh, cho qua tai, cho qua kho, cho sat, cho ton, chay qua tai, xe ho
        vo, xe cho vat lieu, khong che bat, roi hang, do hang, hang roi, mo duong cong, nga dau, te dau, te nga,
        duong tron truot, duong ngap, ngap duong, thieu den duong, khong den duong, den duong hu, den duong tat,
        cau gay, cau yeu, cau hu, cau xuong cap, lan can cau, cau sat, cau muc, nap cong lech, ray xe lua, cho
        hoc sinh qua, cong truong un, gio tan hoc, gio tan tam, gio cao diem, keo dai cay so, kem duong, dau xe
        long duong, de xe long duong, de xe via he, buon ban long duong, ban hang lan duong, cho coc, cho tam,
        ho tu than, bien cam, xe cam gio, xe ba gac, xe tu che, xe cong nong, may cay chay, trau bo ra duong, bo
        tha rong, gia suc, vat can, chuong ngai, da roi, dat sut xuong duong, cay do chan duong, thoat chet,
        suyt bi tong, suyt tong, suyt dam, suyt te
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
        bat lua, ngun khoi, chay lan, chay rui, bat chay, phat chay, lua ngun ngut, lua do ruc, chay do ruc,
        ngun ngut, khoi trang, khoi xong, khoi nghi ngut, tan lua, tro bui bay, chay san, chay dong, chay ray,
        chay doi, chay rom, chay bai rac, chay xe may, chay o to, chay tau, chay ghe, chay pin, no pin, no may,
        no lo, no noi hoi, no binh, no tram bien ap, tram bien the, toe lua, xet lua dien, day dien trung the,
        day dien chong cheo, day dien mang nhen, day nong, nong chay, o cam nong, qua tai o cam, ro dien, gas
        xi, khoa gas, van gas, ong gas, bep gas, xe bon gas, kho gas, dai ly gas, tru xang, can xang, xang trong
        nha, tich tru xang, cau thang hep, cau thang bi chan, khong loi thoat, mot loi ra, long sat, chuong cop,
        cua cuon, khoa xich, bao chay, chuong bao chay, voi rong, hong nuoc, lang chua chay, het han binh, binh
        het han, han cat, cat sat, tia han, dot la, dot ray lam nuong, dot vang ma, hoa vang, doi cui, nen cay,
        dap lua giup, lua chua tat, xe cuu hoa
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
        goi, san xuat gia, dong hop, hang hieu gia, hang hieu, hang fake, fake, hang nhai thuong hieu, khong
        chinh hang, khong dung hang, tem dan lech, tem nhoe, ma vach, khong quet duoc, mui la, la xuat xu, khong
        xuat xu, khong ro xuat xu, hang dong thung, hang khong giay, khong chung tu, hang tieu hao, hang lau
        qua, xach lau, duong song cho, duong bien lau, tuon hang, gom hang lau, bai tap ket, kho lau, kho chua
        hang, boc do hang, vac hang, cong hang, phu hang, xe khong bien, xe cho hang, nua dem cho hang, thuoc la
        khong tem, thuoc la gia, xi ga lau, ruou khong tem, ruou pha, pha con, con cong nghiep, ruou doc, nuoc
        ngot gia, bia gia, sua khong nhan, sua dom, ca phe dom, mat ong gia, dau an gia, gia vi gia, bot giat
        gia, nuoc giat gia, dau goi gia, son gia, kem tron trang da, thuoc giam can, thuoc dong y dom, thuoc
        khong nhan, thuoc nhap lau, vat tu y te gia, phu tung gia, nhot gia, xang pha, xang dom, vat lieu gia,
        phan dom, giong gia, dien thoai lau, may lanh cu, hang bai, do cu nhap, quan ao cu nhap, gia cam lau,
        heo lau, trau bo lau, noi tang thoi, thit khong kiem dich nhap, cham dut khai thue, tron thue, hoa don
        gia, mua ban hoa don
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
        lo, lap ao, lap kenh, vo co, khong kiem dich, bun thai, gieng, an toan thuc pham, giet mo lau, boc mui,
        mui khai, mui nong, mui hoa chat, mui hac, hac mui, nuoc vang, nuoc duc, nuoc trang duc, nuoc nhu mu,
        nuoc ri, vang dau, noi vang, noi bot, bot trang, xi than, xi lo, bun, bun do, tro xay, bui da, bui mu,
        bui xi mang, tram tron, be tong, mo da, no min, xay da, xe cat, ban cat, ben cat, moc cat, hut trom cat,
        moc ruot song, lo bo, sat bo, nut nha, nut tuong vi, dao ao lau, muc dat ban, ban dat mat, san lap trai
        phep, do dat lap, do phe thai, phe thai xay dung, xa ban, rac xay dung, rac y te, kim tiem y te rac,
        nhot thai, dau thai, xa mo, xa mau, xa bun, xa ra muong, xa ra song, xa xuong ao, xa thang, ong xa ngam,
        xa ngam, xa len, dot nilon, dot nhua, dot day dien, dot lop, dot vo xe, dot acquy, chi ac quy, lo dot,
        lo hoi khoi, ong khoi, khoi bui nha may, cay chet, lua chet, rau chet, vit chet, tom chet, ngheu chet,
        oc chet, go quy, go huong, dan cay, ken cay, dot pha rung, lan rung, lan chiem rung, dat rung, nuong ray
        pha, bay thu, bay chim, luoi chim, chim hoang da, ban thu rung, ruou ngam thu, te te, rua, ho cop, ngua,
        cay co, ca nho, gia cam chet, benh dich, tieu huy, chon heo, thit benh, gia suc benh, thuc pham het han,
        an xong dau bung, bi ngo doc, bi tao thao, do an ban, mat ve sinh, hoa chat tay trang, phun thuoc, thuoc
        kich thich
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
        lap khong, tu nguyen bat buoc, ngu y, y bao dua, dua moi lam, moi giai quyet, khong dua thi, dua them,
        dua tien moi, hen ra quan, dua rieng, dua ngoai, tien ngoai, tien boi, chay giay to, chay chot, chay cho
        ngoi, chay thue, bao ke quan, bao ke karaoke, bao truoc khi kiem tra, lo tin kiem tra, thong dong, tiep
        tay, quen biet, con ong chau cha, uu ai nguoi nha, nguoi nha can bo, bao che cho, o tren, khong xu ly
        vi, nhan phong bi, bo phong bi, hoa hong cho can bo, lai qua, an chia, chia chac, cat xen, an bot, rut
        ruot, rut ruot cong trinh, khai khong ten, danh sach ho ngheo, tien dau giong, quy hoi, quy lop, quy phu
        huynh, quy den on, tien dong gop, dong gop bat buoc, thu them, thu sai, phi boi tron, thu mot dang ghi
        mot neo, ghi khong dung, khong xuat bien lai, khong phieu thu, khong hoa don chung tu, khong cong khai,
        so sach map mo, map mo, lam giau bat chinh, chiem dat cong, ban dat cong, cap dat sai, hoach hoe, ngam
        ho so, tra ho so nhieu lan, hen lan hen lua, thai do can bo, nhan vien thue, thue vu, hai quan vo, kiem
        dich vien, dang kiem, giam thi, giao vien nhan tien, hieu truong thu, bac si vo, dieu duong, mua thuoc
        ngoai
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
        mat, noi tieng nuoc ngoai, khach la, bien hieu, mua ban sung, gia dinh la, nguoi la don vao, don vao o,
        don den, ra vo phuc tap, khong ai biet, khong ro lai lich, lai lich bat minh, khong co ho khau, khong co
        can cuoc, dung can cuoc gia, muon can cuoc, ten gia, khach o khong, le tan khong hoi, khong kiem tra
        giay to, cho thue khong hop dong, khong bao cong an, khong khai bao cong an, chua khai bao, chua dang
        ky, chua xin phep, nguoi tay, ong tay, tay ba lo, ngoai quoc, nguoi ngoai quoc, nguoi phi, chau phi,
        nguoi an do, nguoi han, nguoi dai loan, noi tieng trung, noi tieng la, o qua han, ho chieu het han, nhap
        canh, trinh dien visa, di vao bang duong rung, qua song lau, qua suoi bien gioi, dan nguoi qua bien, dua
        nguoi qua bien gioi, tron tu bien gioi, bi truy na, lenh truy na, dang tron, tron no ve, doi tuong la,
        tu nghiep, khong bang cap, hanh nghe chui, phong kham chui, nha thuoc khong phep, quan karaoke khong, vu
        truong chui, san nhay, quan bar chui, dich vu cho thue xe khong phep, cong ty bao ve ma, kinh doanh
        chui, mo chui, mo lau, trong ham, lam con dau, in an chui, nguoi o ghep, dong nguoi o, nhoi nhet, o qua
        dong, doi phong lien tuc, doi khach lien tuc
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
        doi lai dat, doi dat, do dac lai, do lai, tranh quyen, tho cung, tu duong, nha tho ho, dat tho, chia
        phan, phan chia, khong chia deu, so hong, giay to dat, do lai dat, cam moc, nho coc, nho moc, xe ranh,
        lan ranh dat, lan moc, xay qua dat, tran nuoc, chan ranh, chan cong, chan nuoc, bit cong, nuoc chay qua,
        nuoc do xuong, mai ton nho nuoc, tieng cho sua cai nhau, chui qua chui lai, cai qua cai lai, loi qua
        tieng lai, to tieng, gan nhau, tu mat nhau, giu do, giu xe nhau, doi tien coc, tra coc, hop dong thue,
        tien thue nha, tien dien nuoc, tien cong, quyt tien cong, thieu tien cong, chua tra tien, den bu, bat
        den, boi thuong, khong chiu den, vo hui trong nha, vay muon ban be, tinh lang nghia xom, hang xom lang
        gieng, ba con trong ho, anh em ruot, chi em ruot, cha con, me con, vo chong son, doi ly hon, ly than,
        gianh nuoi con, cap duong, khong cho gap con, con rieng con chung, me ke con chong, dau re, sui gia,
        khuyen giai, khuyen nhu, to hoa giai, trung gian, noi ly, phan minh, xu cho cong bang
    """,
    Category.OTHER: """
        mat tich, di lac, that lac, tim nguoi, tim nguoi nha, tim tre lac, bo nha di, bo di, tu tu, nhay cau,
        nhay lau, nhay song, duoi nuoc, chet duoi, dam than, tam than, nguoi tam than, ngao ngo, khung, xac
        chet, thi the, xac nguoi, bo roi tre, tre so sinh, be so sinh, nguoi gia neo don, ngat xiu, dot quy, bat
        tinh, nam bat dong, ran, ran ho mang, con ran, cho dai, cho can, cho tha rong, con tran, ca sau, trau
        dien, bo dien, ong vo ve, to ong, cot dien, cot dien nghieng, day dien dut, day dien sa, dien giat, dut
        day dien, dien ro, ho ga, nap cong, mat nap, cay do, cay sap do, sap, sat lo, lo dat, ngap, lut, ngap
        nuoc, tui xach bo quen, vat kha nghi, goi hang la, nhat duoc, nhat duoc vi, nhat duoc giay to, roi giay
        to, cuu ho, cuu nan, ket thang may, khong mo cua, khong thay ra, mui la, mat dien, mat nuoc, be ong
        nuoc, vo de, con khi, nguoi vo gia cu, an xin, ket tay, ket dau, ket chan, ket trong xe, ket trong nha,
        roi xuong gieng, roi gieng, roi xuong ho, roi xuong cong, te gieng, te song, troi song, troi mat, song
        cuon, mac can, lat ghe, chim ghe, chim tau, chim xuong, lac rung, lac trong rung, ket tren nui, ket tren
        cay, ket tren mai, cuu meo, bat ran, ran vao nha, ran doc, ran can, cho dien, cho can nguoi, ong dot,
        trau hung, bo hung, heo rung, voi, khi pha, ca sau song, sinh vat la, vat the la, tui la, vali la, hop
        la, bo quen, khong nguoi nhan, nghi co bom, xac chet troi, chet trong nha, qua doi mot minh, song mot
        minh, neo don, bo vo, lang thang co nho, khong nha cua, tam than bo di, khong nho nha, khong nho duong,
        quen duong ve, lu lan, lan tri, lu lan di, bo nha ra di, de lai thu, muon chet, tu van, treo co, cat
        tay, uong thuoc ngu, nguoi nguy, dot nhien nga, len con dau tim, kho tho, chuyen da, sinh roi, de roi,
        cap cuu gap, xe cap cuu, cay gay, gay canh, cot dien do, cot dien gay, dut cap, day cap vien thong, day
        cap vong, cap vong xuong, bang quang cao sap, gian giao, can cau, tuong sap, nha nghieng, nut dat, ho tu
        than sut, sut dat, lo nui, vo dap, xa lu, nuoc len, mua lon, bao, giong loc, toc mai, mat dien ca, cup
        dien, cup nuoc, nuoc may do, dich benh, sot xuat huyet, tiem nham, thuoc het han, mat cho, mat meo, tim
        cho, tim meo, nhat duoc tui, nhat duoc dien thoai, nhat duoc tien, nhat duoc the, roi vi, roi dien
        thoai, ma con
    """,
    Category.NOT_A_TIP: """
        cho hoi, cho em hoi, cho toi hoi, xin hoi, cho minh hoi, cho con hoi, cho chau hoi, hoi thu tuc, thu
        tuc, giay to gi, can giay to, nop o dau, lam o dau, may gio, gio lam viec, cam on, xin cam on, chuc,
        chuc mung, xin chao, alo, test, nham, gui nham, giam gia, khuyen mai, lien he, inbox, tuyen dung, can
        tuyen, cho thue nha, can ban, can mua, ban dat, ship, freeship, can cuoc, lam can cuoc, vneid, ho chieu,
        bang lai, dang ky xe, sang ten xe, xac nhan cu tru, nhap khau, tach khau, khai sinh, dang ky ket hon, ly
        lich tu phap, phat nguoi, le phi, haha, hihi, hehe, kaka, ngu ngon, buoi sang, so dien thoai cong an,
        lich tiep dan, thong bao, dua thoi, dua ti, bai hat, truyen cuoi, moi ba con, moi moi nguoi, toi co van
        nghe, hop to dan pho, hop phu huynh, tien mung, mung nam moi, giang sinh, sinh nhat, quoc khanh, doi
        bong, tran bong, bong da toi nay, thoi tiet, troi mua, troi nong, du bao, mat dien theo lich, lich cup
        dien, lich tiem, phat qua, phat luong, chinh chu ban, ban xe, ban may, ban laptop, ban dien thoai cu,
        thanh ly, pass lai, pass do, nhuong lai, cho thue phong, phong tro khep kin, tim phong, tim viec, tuyen
        nhan vien, tuyen gap, tuyen cong nhan, luong thang, hoa don dien, sim so, the cao, nap the, khoa hoc,
        hoc phi, day kem, lop hoc, meo vat, bi quyet, cham ngon, ca dao, tuc ngu, loi bai hat, bai tho, xem
        phim, trong mo, mo thay, nam mo, tin tuc, tin nong, doc bao, xem tivi, tren bao, tren tivi, theo bao,
        truyen hinh, khao sat, bai tap, nghien cuu, phong van, nham nhom, nham nguoi, nham so, bam nham, rut
        tin, rut lai, khong can nua, tim thay roi, tim duoc roi, da tim thay, hieu lam, hieu nham, noi choi,
        test thu, thu may, thu mic, bot oi, tro ly ao, robot, tra loi tu dong, xin info, xin gia, con hang
        khong, ship cod, dat ban, dat lich, hen lich, dang ky lich, nop online, dich vu cong, giay xac nhan, xac
        nhan doc than, so tam tru, ct07, phieu ly lich, bien so dinh danh, dinh danh muc, muc phat, phat bao
        nhieu, co duoc khong a, co sao khong a, co can khong a, duoc khong a
    """,
}  # fmt: skip


def _index() -> dict[str, tuple[Category, ...]]:
    """Phrase -> the categories that it speaks for."""
    found: dict[str, list[Category]] = {}
    for category, block in _PHRASES.items():
        for phrase in dict.fromkeys(part.strip() for part in block.split(",")):
            found.setdefault(phrase, []).append(category)
    return {phrase: tuple(categories) for phrase, categories in found.items()}


def _sizes(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """First word -> how many words the phrases have that begin with it, longest first."""
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        found.setdefault(phrase.split()[0], set()).add(phrase.count(" ") + 1)
    return {word: tuple(sorted(sizes, reverse=True)) for word, sizes in found.items()}


_INDEX: Final = _index()
_SIZES: Final = _sizes(_INDEX)


def hits(line: Sequence[str]) -> dict[Category, float]:
    """How strongly a message's folded words speak for each category; a longer phrase hides the shorter ones in it.

    Numbers in `line` are written as 0, as in the phrases.
    """
    out: dict[Category, float] = {}
    at = 0
    while at < len(line):
        for size in _SIZES.get(line[at], ()):
            if at + size <= len(line) and (found := _INDEX.get(" ".join(line[at : at + size]))):
                for category in found:
                    out[category] = out.get(category, 0.0) + (0.6 + 0.4 * size) / (1 + 0.35 * (len(found) - 1))
                at += size - 1
                break
        at += 1
    return out


def is_phrase(words: str) -> bool:
    """Whether folded words are a phrase of some category, so that they say what happened rather than where."""
    return words in _INDEX
